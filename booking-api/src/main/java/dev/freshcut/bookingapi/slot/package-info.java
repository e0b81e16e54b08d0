/** Which start times can be booked. */
@NullMarked
package dev.freshcut.bookingapi.slot;

import org.jspecify.annotations.NullMarked;
