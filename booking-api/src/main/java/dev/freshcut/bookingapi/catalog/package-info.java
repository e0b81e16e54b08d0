/**
 * What owners and operators change: locations, barbers, services, and what barbers do differently.
 */
@NullMarked
package dev.freshcut.bookingapi.catalog;

import org.jspecify.annotations.NullMarked;
