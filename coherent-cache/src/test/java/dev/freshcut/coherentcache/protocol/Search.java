package dev.freshcut.coherentcache.protocol;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Visits every reachable state, nearest first, until one breaks an invariant. */
final class Search {
  private final Protocol protocol;
  private final Scenario scenario;
  private final int limit;
  private final StateSet seen;
  private long transitions;
  private @Nullable Finding finding;

  /** What is being looked for when a trace is put into words. */
  private record Finding(int from, State state, Invariant broken) {}

  /**
   * The result of a search.
   *
   * @param states how many states were visited
   * @param transitions how many steps led to them
   * @param broken the first invariant found broken; null if all hold in every state
   * @param trace the shortest way to the breach, step by step
   */
  record Outcome(int states, long transitions, @Nullable Invariant broken, List<String> trace) {
    @Override
    public String toString() {
      if (broken == null) {
        return "%,d states, %,d steps, no violation".formatted(states, transitions);
      }
      StringBuilder words =
          new StringBuilder("%s broken after %d steps:".formatted(broken, trace.size()));
      for (int i = 0; i < trace.size(); i++) {
        words.append("%n  %2d. %s".formatted(i + 1, trace.get(i)));
      }
      return words.toString();
    }
  }

  private Search(Scenario scenario, EnumSet<Rule> rules, int limit) {
    this.scenario = scenario;
    this.limit = limit;
    protocol = new Protocol(scenario, rules);
    seen = new StateSet(protocol.layout().size());
  }

  /**
   * Searches a scenario.
   *
   * @param limit the number of states that it may have
   * @throws IllegalStateException if it has more
   */
  static Outcome search(Scenario scenario, EnumSet<Rule> rules, int limit) {
    return new Search(scenario, rules, limit).run();
  }

  private Outcome run() {
    State start = protocol.start();
    seen.add(start.bytes, -1);
    for (int number = 0; number < seen.size() && finding == null; number++) {
      State state = new State(protocol.layout(), seen.get(number));
      int from = number;
      long before = transitions;
      protocol.steps(state, (next, words, broken) -> visit(from, state, next, broken));
      if (transitions == before) {
        atEnd(from, state);
      }
      if (seen.size() > limit) {
        throw new IllegalStateException("%s has more than %,d states".formatted(scenario, limit));
      }
    }
    Finding found = finding;
    return found == null
        ? new Outcome(seen.size(), transitions, null, List.of())
        : new Outcome(seen.size(), transitions, found.broken(), trace(found));
  }

  private void visit(int from, State state, State next, @Nullable Invariant brokenByStep) {
    if (finding != null || Arrays.equals(state.bytes, next.bytes)) {
      return;
    }
    transitions++;
    if (brokenByStep != null && scenario.invariants().contains(brokenByStep)) {
      finding = new Finding(from, next, brokenByStep);
    } else if (seen.add(next.bytes, from)) {
      Invariant broken = protocol.broken(next);
      if (broken != null) {
        finding = new Finding(from, next, broken);
      }
    }
  }

  private void atEnd(int number, State state) {
    if (scenario.invariants().contains(Invariant.NO_DEADLOCK) && protocol.isWaiting(state)) {
      finding = new Finding(number, state, Invariant.NO_DEADLOCK);
    }
  }

  private List<String> trace(Finding found) {
    List<byte[]> way = new ArrayList<>();
    way.add(found.state().bytes);
    for (int number = found.from(); number >= 0; number = seen.parent(number)) {
      way.add(seen.get(number));
    }
    List<String> words = new ArrayList<>();
    for (int i = way.size() - 1; i > 0; i--) {
      if (!Arrays.equals(way.get(i), way.get(i - 1))) {
        words.add(inWords(way.get(i), way.get(i - 1)));
      }
    }
    return List.copyOf(words);
  }

  private String inWords(byte[] before, byte[] after) {
    List<Supplier<String>> found = new ArrayList<>();
    protocol.steps(
        new State(protocol.layout(), before),
        (next, words, broken) -> {
          if (Arrays.equals(next.bytes, after)) {
            found.add(words);
          }
        });
    return found.isEmpty() ? "?" : found.getFirst().get();
  }
}
