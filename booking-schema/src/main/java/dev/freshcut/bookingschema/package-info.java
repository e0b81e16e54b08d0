/** The bookings' database: its roles, and the migrations that make its tables. */
@NullMarked
package dev.freshcut.bookingschema;

import org.jspecify.annotations.NullMarked;
