/** Who may call what: tokens, callers, declared access, and the headers that protect browsers. */
@NullMarked
package dev.freshcut.bookingapi.security;

import org.jspecify.annotations.NullMarked;
