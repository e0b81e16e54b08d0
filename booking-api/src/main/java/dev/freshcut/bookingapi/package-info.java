/** The booking REST API: entry point and settings. */
@NullMarked
package dev.freshcut.bookingapi;

import org.jspecify.annotations.NullMarked;
