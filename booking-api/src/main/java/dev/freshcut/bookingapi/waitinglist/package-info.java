/** Who waits for time to become free, and offers of it. */
@NullMarked
package dev.freshcut.bookingapi.waitinglist;

import org.jspecify.annotations.NullMarked;
