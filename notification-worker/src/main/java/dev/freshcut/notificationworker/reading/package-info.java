/** What a record of the change stream says, in this service's terms. */
@NullMarked
package dev.freshcut.notificationworker.reading;

import org.jspecify.annotations.NullMarked;
