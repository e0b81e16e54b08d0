/** Where others are told of what happens at a location. */
@NullMarked
package dev.freshcut.bookingapi.webhook;

import org.jspecify.annotations.NullMarked;
