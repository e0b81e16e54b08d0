package dev.freshcut.bookingapi.idempotency;

import dev.freshcut.bookingapi.web.Problem;
import dev.freshcut.bookingapi.web.ProblemException;
import dev.freshcut.bookingapi.web.ProblemType;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A request with a key on its way through the service. Confined to the request's thread. */
final class KeyedRequest {
  /** The request's attribute. */
  static final String ATTRIBUTE = KeyedRequest.class.getName();

  private static final long RETRY_SECONDS = 1;

  private final Key key;
  private final KeyTable table;
  private boolean ignored;
  private @Nullable StoredAnswer earlier;

  KeyedRequest(Key key, KeyTable table) {
    this.key = key;
    this.table = table;
  }

  /** The handler does not take keys. */
  void ignore() {
    ignored = true;
  }

  /** The answer that the key already had, if it was found. */
  Optional<StoredAnswer> earlier() {
    return Optional.ofNullable(earlier);
  }

  /**
   * Looks for an answer.
   *
   * @return whether there is one
   * @throws ProblemException if it is the answer to another request
   */
  boolean isAnswered() {
    Optional<KeyTable.Answered> found = table.find(key);
    if (found.isPresent() && !found.get().fingerprint().equals(key.fingerprint())) {
      throw new ProblemException(
          ProblemType.IDEMPOTENCY_KEY_REUSED,
          "Its method, address or body was another. Give each request a key of its own.");
    }
    earlier = found.map(KeyTable.Answered::answer).orElse(null);
    return earlier != null;
  }

  /**
   * Begins the transaction of the write: from here to its end no other request has the key.
   *
   * @throws ProblemException if another has it now, or had it before
   */
  void claim() {
    if (ignored) {
      return;
    }
    if (!table.lock(key) || isAnswered()) {
      throw new ProblemException(
          Problem.of(
              ProblemType.REQUEST_IN_FLIGHT, "Send it again to get the answer of the other one."),
          RETRY_SECONDS);
    }
  }

  /** Ends the transaction of the write: commits its answer with it. */
  void store(StoredAnswer answer) {
    if (!ignored) {
      table.store(key, answer);
    }
  }
}
