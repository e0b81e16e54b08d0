/** Creating, moving and cancelling appointments. */
@NullMarked
package dev.freshcut.bookingapi.appointment;

import org.jspecify.annotations.NullMarked;
