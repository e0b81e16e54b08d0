/** What customers are told: the location's settings, their own preferences, and what was sent. */
@NullMarked
package dev.freshcut.bookingapi.notification;

import org.jspecify.annotations.NullMarked;
