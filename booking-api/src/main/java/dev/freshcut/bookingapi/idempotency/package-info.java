/** Idempotency-Key: a write that a client repeats is done once, and answered the same each time. */
@NullMarked
package dev.freshcut.bookingapi.idempotency;

import org.jspecify.annotations.NullMarked;
