/** The OpenAPI document: what annotations alone cannot say. */
@NullMarked
package dev.freshcut.bookingapi.openapi;

import org.jspecify.annotations.NullMarked;
