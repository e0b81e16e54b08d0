/** See the module's description in its POM. */
@NullMarked
package dev.freshcut.bookingapi;

import org.jspecify.annotations.NullMarked;
