/** Puts the service together, and shows how it is. */
@NullMarked
package dev.freshcut.notificationworker.operations;

import org.jspecify.annotations.NullMarked;
