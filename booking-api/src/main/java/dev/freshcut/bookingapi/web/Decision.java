package dev.freshcut.bookingapi.web;

import java.util.function.Function;

/** What came of a wish: it was granted, or there is a problem that the client is told of. */
public sealed interface Decision<T> {
  /** It was done. */
  record Granted<T>(T value) implements Decision<T> {}

  /** It was not done, and nothing that the wish was about has changed. */
  record Refused<T>(Problem problem) implements Decision<T> {}

  static <T> Decision<T> granted(T value) {
    return new Granted<>(value);
  }

  static <T> Decision<T> refused(ProblemType type, String detail) {
    return new Refused<>(Problem.of(type, detail));
  }

  /** What comes of it if this was granted. */
  default <R> Decision<R> then(Function<? super T, Decision<R>> next) {
    return switch (this) {
      case Granted<T> granted -> next.apply(granted.value());
      case Refused<T> refused -> new Refused<>(refused.problem());
    };
  }

  /**
   * For controllers, which answer the request with it.
   *
   * @throws ProblemException if it was refused
   */
  default T orProblem() {
    return switch (this) {
      case Granted<T> granted -> granted.value();
      case Refused<T> refused -> throw new ProblemException(refused.problem());
    };
  }
}
