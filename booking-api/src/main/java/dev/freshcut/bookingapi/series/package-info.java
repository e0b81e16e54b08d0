/** Appointments that repeat. */
@NullMarked
package dev.freshcut.bookingapi.series;

import org.jspecify.annotations.NullMarked;
