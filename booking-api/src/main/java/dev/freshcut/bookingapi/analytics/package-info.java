/** Figures over appointments and payments, computed by SQL; docs/analytics.md defines each. */
@NullMarked
package dev.freshcut.bookingapi.analytics;

import org.jspecify.annotations.NullMarked;
