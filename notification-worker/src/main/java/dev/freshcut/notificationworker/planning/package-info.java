/** From changes to jobs. */
@NullMarked
package dev.freshcut.notificationworker.planning;

import org.jspecify.annotations.NullMarked;
