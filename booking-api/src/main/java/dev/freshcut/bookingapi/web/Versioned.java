package dev.freshcut.bookingapi.web;

/**
 * An answer that stands for one resource: it is sent with an {@code ETag}, and not sent to a client
 * that has it ({@code If-None-Match}).
 */
public interface Versioned {
  /** Another number after each change of the resource, whoever made it. */
  long version();
}
