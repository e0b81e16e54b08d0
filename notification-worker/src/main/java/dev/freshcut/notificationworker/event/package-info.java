/** Events for webhooks: each change told to those who asked for it. */
@NullMarked
package dev.freshcut.notificationworker.event;

import org.jspecify.annotations.NullMarked;
