package dev.freshcut.coherentcache.model;

import dev.freshcut.coherentcache.model.InvalidCacheModelException.Problem;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.nodes.Node;

/** Collects the defects of one file, so that its author sees all of them at once. */
final class Problems {
  private static final int MAX = 100;

  private final List<Problem> problems = new ArrayList<>();
  private int omitted;

  void add(Node where, String message) {
    add(lineOf(where), message);
  }

  void add(int line, String message) {
    if (problems.size() < MAX) {
      problems.add(new Problem(line, message));
    } else {
      omitted++;
    }
  }

  boolean none() {
    return problems.isEmpty();
  }

  /** The defects in the order of their lines. */
  List<Problem> sorted() {
    List<Problem> sorted = new ArrayList<>(problems);
    sorted.sort(Comparator.comparingInt(Problem::line));
    if (omitted > 0) {
      int last = sorted.getLast().line();
      sorted.add(new Problem(last, omitted + " more problems are not shown: mend these first"));
    }
    return sorted;
  }

  /** 1-based. */
  static int lineOf(Node node) {
    return node.getStartMark().map(Mark::getLine).orElse(0) + 1;
  }
}
