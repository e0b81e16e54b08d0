/** Who comes: customers of a location, made by bookings and by staff. */
@NullMarked
package dev.freshcut.bookingapi.customer;

import org.jspecify.annotations.NullMarked;
