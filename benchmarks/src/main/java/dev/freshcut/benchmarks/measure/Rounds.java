package dev.freshcut.benchmarks.measure;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * Rounds of a candidate and rounds of its reference, taken alternately in one process, so that what
 * disturbs the machine disturbs both.
 *
 * @param candidate what the candidate's rounds gave, in order
 * @param reference what the reference's rounds gave; the i-th was taken next to the candidate's
 *     i-th
 */
public record Rounds<T>(List<T> candidate, List<T> reference) {

  public Rounds {
    candidate = List.copyOf(candidate);
    reference = List.copyOf(reference);
    if (candidate.size() != reference.size() || candidate.isEmpty()) {
      throw new IllegalArgumentException(
          "a reference round beside each candidate round, and at least one: "
              + candidate.size()
              + " and "
              + reference.size());
    }
  }

  /** One round; its set-up and clean-up are its own affair. */
  @FunctionalInterface
  public interface Round<T> {
    /** Runs the round and returns its figures. */
    T run() throws Exception;
  }

  /**
   * Takes {@code warmUps} pairs of rounds whose figures are dropped, then {@code pairs} that count,
   * in the order A B, B A, A B, …: a drift that is linear in time cancels out.
   */
  public static <T> Rounds<T> alternate(
      int warmUps, int pairs, Round<T> candidate, Round<T> reference) throws Exception {
    List<T> candidates = new ArrayList<>();
    List<T> references = new ArrayList<>();
    for (int pair = -warmUps; pair < pairs; pair++) {
      boolean candidateFirst = pair % 2 == 0;
      T first = (candidateFirst ? candidate : reference).run();
      T second = (candidateFirst ? reference : candidate).run();
      if (pair >= 0) {
        candidates.add(candidateFirst ? first : second);
        references.add(candidateFirst ? second : first);
      }
    }
    return new Rounds<>(candidates, references);
  }

  /** The candidate's figure divided by the reference's, pair by pair. */
  public Spread ratio(ToDoubleFunction<? super T> figure) {
    return Spread.of(
        IntStream.range(0, candidate.size())
            .mapToObj(
                i ->
                    figure.applyAsDouble(candidate.get(i)) / figure.applyAsDouble(reference.get(i)))
            .toList());
  }

  /** The candidate's figure over its rounds. */
  public Spread ofCandidate(ToDoubleFunction<? super T> figure) {
    return spread(candidate, figure);
  }

  /** The reference's figure over its rounds. */
  public Spread ofReference(ToDoubleFunction<? super T> figure) {
    return spread(reference, figure);
  }

  private static <T> Spread spread(List<T> rounds, ToDoubleFunction<? super T> figure) {
    return Spread.of(rounds.stream().map(figure::applyAsDouble).toList());
  }
}
