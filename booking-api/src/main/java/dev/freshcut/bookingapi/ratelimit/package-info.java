/** How many requests a caller may make of each kind, shared by all instances through Redis. */
@NullMarked
package dev.freshcut.bookingapi.ratelimit;

import org.jspecify.annotations.NullMarked;
