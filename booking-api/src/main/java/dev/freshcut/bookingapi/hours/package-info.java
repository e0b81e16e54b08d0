/** Weekly hours of locations and barbers. */
@NullMarked
package dev.freshcut.bookingapi.hours;

import org.jspecify.annotations.NullMarked;
