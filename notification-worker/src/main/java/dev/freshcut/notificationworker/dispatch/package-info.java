/** How a job becomes a message that is sent once, whatever the provider says. */
@NullMarked
package dev.freshcut.notificationworker.dispatch;

import org.jspecify.annotations.NullMarked;
