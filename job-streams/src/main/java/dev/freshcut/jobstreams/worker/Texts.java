package dev.freshcut.jobstreams.worker;

import dev.freshcut.jobstreams.Outcome;
import dev.freshcut.jobstreams.store.Bounds;
import java.nio.charset.StandardCharsets;

/** Texts that are kept with a job. */
final class Texts {
  private Texts() {}

  /** A failure's class and message: what its stack says is in the log. */
  static String reason(Throwable failure) {
    String message = failure.getMessage();
    String name = failure.getClass().getSimpleName();
    return message == null || message.isBlank() ? name : name + ": " + message;
  }

  /** The beginning of a result that is too large. */
  static String result(String result) {
    int largest = Outcome.Done.LARGEST_RESULT;
    if (result.length() * 3L <= largest
        || result.getBytes(StandardCharsets.UTF_8).length <= largest) {
      return result;
    }
    return Bounds.cut(result, largest / 3);
  }
}
