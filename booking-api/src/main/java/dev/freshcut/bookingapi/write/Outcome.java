package dev.freshcut.bookingapi.write;

import dev.freshcut.bookingapi.coherence.Written;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * What came of a wish: it was done, or there is a reason why not.
 *
 * @param <T> what was done
 * @param <R> reasons, a sealed type of the feature's
 */
public sealed interface Outcome<T, R> {
  /** It was done. */
  record Done<T, R>(T value) implements Outcome<T, R> {}

  /** It was not done, and nothing that the wish was about has changed. */
  record Refused<T, R>(R reason) implements Outcome<T, R> {}

  /** It was done. */
  static <T, R> Outcome<T, R> done(T value) {
    return new Done<>(value);
  }

  /** It was not done. */
  static <T, R> Outcome<T, R> refused(R reason) {
    return new Refused<>(reason);
  }

  /** What was found, or why it was not. */
  static <T, R> Outcome<T, R> found(Optional<T> value, Supplier<? extends R> otherwise) {
    return value.isPresent() ? done(value.get()) : refused(otherwise.get());
  }

  /** What comes of it if this is done. */
  default <N> Outcome<N, R> then(Function<? super T, Outcome<N, R>> next) {
    return switch (this) {
      case Done<T, R> done -> next.apply(done.value());
      case Refused<T, R> refused -> new Refused<>(refused.reason());
    };
  }

  /** The same for others, who have reasons of their own. */
  default <Q> Outcome<T, Q> because(Function<? super R, ? extends Q> reason) {
    return switch (this) {
      case Done<T, R> done -> new Done<>(done.value());
      case Refused<T, R> refused -> new Refused<>(reason.apply(refused.reason()));
    };
  }

  /** The value of what was done, or what is made of the reason is thrown. */
  default <X extends RuntimeException> T orThrow(Function<? super R, X> reason) {
    return switch (this) {
      case Done<T, R> done -> done.value();
      case Refused<T, R> refused -> throw reason.apply(refused.reason());
    };
  }

  /** The outcome of a write. */
  static <T, R> Outcome<Written<T>, R> of(Written<Outcome<T, R>> written) {
    return written.value().then(value -> done(new Written<>(value, written.xid())));
  }
}
