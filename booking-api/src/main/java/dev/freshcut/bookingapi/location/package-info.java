/** Locations with their services and barbers. */
@NullMarked
package dev.freshcut.bookingapi.location;

import org.jspecify.annotations.NullMarked;
