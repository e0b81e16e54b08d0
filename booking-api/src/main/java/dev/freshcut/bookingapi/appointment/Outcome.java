package dev.freshcut.bookingapi.appointment;

import dev.freshcut.bookingapi.slot.Refusal;
import java.util.function.Function;

/** What came of a wish: it was done, or there is a reason why not. */
public sealed interface Outcome<T> {
  /** It was done. */
  record Done<T>(T value) implements Outcome<T> {}

  /** It was not done, and nothing that the wish was about has changed. */
  record Refused<T>(Refusal reason) implements Outcome<T> {}

  /** What comes of it if this is done. */
  default <R> Outcome<R> then(Function<? super T, Outcome<R>> next) {
    return switch (this) {
      case Done<T> done -> next.apply(done.value());
      case Refused<T> refused -> new Refused<>(refused.reason());
    };
  }

  /** It was done. */
  static <T> Outcome<T> done(T value) {
    return new Done<>(value);
  }

  /** It was not. */
  static <T> Outcome<T> refused(Refusal reason) {
    return new Refused<>(reason);
  }
}
