/** What is now, read from the database. */
@NullMarked
package dev.freshcut.notificationworker.state;

import org.jspecify.annotations.NullMarked;
