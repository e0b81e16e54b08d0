/** What changes when somebody can be booked: hours, special days, absences and settings. */
@NullMarked
package dev.freshcut.bookingapi.schedule;

import org.jspecify.annotations.NullMarked;
