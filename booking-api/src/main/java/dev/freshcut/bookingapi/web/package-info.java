/** What all endpoints share: problems (RFC 9457), limits on input, conversion and documentation. */
@NullMarked
package dev.freshcut.bookingapi.web;

import org.jspecify.annotations.NullMarked;
