/** The booking REST API: entry point, settings and the database's bootstrap. */
@NullMarked
package dev.freshcut.bookingapi;

import org.jspecify.annotations.NullMarked;
