/** What was paid for appointments, and what of it was given back. */
@NullMarked
package dev.freshcut.bookingapi.payment;

import org.jspecify.annotations.NullMarked;
