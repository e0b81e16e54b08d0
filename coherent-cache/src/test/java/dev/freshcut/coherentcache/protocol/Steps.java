package dev.freshcut.coherentcache.protocol;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Receives the steps that a state allows. */
@FunctionalInterface
interface Steps {
  /**
   * A step.
   *
   * @param words the step in words
   * @param broken the invariant that the step itself breaks, if any
   */
  void to(State next, Supplier<String> words, @Nullable Invariant broken);

  default void to(State next, Supplier<String> words) {
    to(next, words, null);
  }
}
