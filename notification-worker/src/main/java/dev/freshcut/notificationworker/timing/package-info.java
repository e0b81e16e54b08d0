/** When people are left in peace. */
@NullMarked
package dev.freshcut.notificationworker.timing;

import org.jspecify.annotations.NullMarked;
