/**
 * How views are cached: wiring, what a reader may ask for, and what she is told about the answer.
 */
@NullMarked
package dev.freshcut.bookingapi.coherence;

import org.jspecify.annotations.NullMarked;
