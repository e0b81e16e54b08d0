/** What the worker is told: validated settings, whose refusals name the setting and the mend. */
@NullMarked
package dev.freshcut.notificationworker.settings;

import org.jspecify.annotations.NullMarked;
