/** Email: messages with calendar entries, by SMTP. */
@NullMarked
package dev.freshcut.notificationworker.email;

import org.jspecify.annotations.NullMarked;
