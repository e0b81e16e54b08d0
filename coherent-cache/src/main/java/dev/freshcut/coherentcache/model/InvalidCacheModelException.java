package dev.freshcut.coherentcache.model;

import java.util.List;
import java.util.stream.Collectors;

/** A model file with defects; the message lists each with its file, line and mend. */
public final class InvalidCacheModelException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  @SuppressWarnings("serial") // an immutable list of records of strings
  private final List<Problem> problems;

  InvalidCacheModelException(String source, List<Problem> problems) {
    super(
        problems.stream()
            .map(problem -> source + ":" + problem.line() + ": " + problem.message())
            .collect(Collectors.joining("\n")));
    this.problems = List.copyOf(problems);
  }

  /** The defects, in the order of their lines. */
  public List<Problem> problems() {
    return problems;
  }

  /**
   * One defect.
   *
   * @param line 1-based line in the file
   * @param message the thing, the reason and the mend
   */
  public record Problem(int line, String message) {}
}
