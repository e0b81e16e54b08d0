/** Events to other systems: signed, and sent to public addresses only. */
@NullMarked
package dev.freshcut.notificationworker.webhook;

import org.jspecify.annotations.NullMarked;
