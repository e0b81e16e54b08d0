package dev.freshcut.bookingapi.web;

/**
 * An answer that stands for one resource: it is sent with an {@code ETag}, and not sent to a client
 * that has it ({@code If-None-Match}).
 */
public interface Versioned {
  /** Another number after each change of the resource, whoever made it. */
  long version();

  /**
   * What goes between the quotes of the ETag: another text after each change of the answer. To be
   * overridden where the answer says something that is not the resource's own, such as a name.
   */
  default String entityTag() {
    return Long.toString(version());
  }
}
