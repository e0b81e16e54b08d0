package dev.freshcut.bookingapi.web;

import java.util.List;
import java.util.Optional;

/**
 * On which version of a resource a client wants its change to be based. A handler gets it as a
 * parameter of this type; the header is optional everywhere.
 *
 * @param headers the values of {@code If-Match}; none for whatever there is
 */
public record IfMatch(List<String> headers) {
  public IfMatch {
    headers = List.copyOf(headers);
  }

  /**
   * To be called inside the write, when the row is locked.
   *
   * @throws ProblemException if the client has based its change on another version
   */
  public void require(long version) {
    requireTag(ETags.of(version));
  }

  /** The same of what the caller would be answered now. */
  public void require(Versioned resource) {
    requireTag(ETags.of(resource));
  }

  /** The same of what may not exist: then no header matches, not even {@code *}. */
  public void require(Optional<? extends Versioned> resource) {
    if (resource.isPresent()) {
      require(resource.get());
    } else if (!headers.isEmpty()) {
      throw new ProblemException(
          ProblemType.PRECONDITION_FAILED, "It does not exist. Without If-Match it is made.");
    }
  }

  private void requireTag(String tag) {
    if (!headers.isEmpty() && !ETags.match(headers, tag, true)) {
      throw new ProblemException(
          ProblemType.PRECONDITION_FAILED,
          "Its ETag is now " + tag + ". Read it again, then decide anew.");
    }
  }
}
