/** The consumer of the change stream. */
@NullMarked
package dev.freshcut.notificationworker.consuming;

import org.jspecify.annotations.NullMarked;
