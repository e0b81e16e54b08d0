/** Reminders: derived from an appointment as it is, planned anew whenever it changes. */
@NullMarked
package dev.freshcut.notificationworker.reminder;

import org.jspecify.annotations.NullMarked;
