package dev.freshcut.bookingapi.web;

/**
 * Ends a request with a problem, and rolls back its transaction. Not for the service's own bugs.
 */
public final class ProblemException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  @SuppressWarnings("serial") // a record of strings; never serialized
  private final Problem problem;

  public ProblemException(Problem problem) {
    super(problem.detail(), null, false, false); // expected: a stack trace would only cost
    this.problem = problem;
  }

  public ProblemException(ProblemType type, String detail) {
    this(Problem.of(type, detail));
  }

  /** What the client is told. */
  public Problem problem() {
    return problem;
  }
}
