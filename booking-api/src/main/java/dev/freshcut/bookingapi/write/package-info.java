/** Transactions that change rows, and the evictions that follow their commit. */
@NullMarked
package dev.freshcut.bookingapi.write;

import org.jspecify.annotations.NullMarked;
