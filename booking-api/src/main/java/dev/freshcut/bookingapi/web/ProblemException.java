package dev.freshcut.bookingapi.web;

/**
 * Ends a request with a problem, and rolls back its transaction. Not for the service's own bugs.
 */
public final class ProblemException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  @SuppressWarnings("serial") // a record of strings; never serialized
  private final Problem problem;

  private final long retryAfterSeconds;

  public ProblemException(Problem problem) {
    this(problem, 0);
  }

  /** Also tells the client after how many seconds, at least 1, it may try again. */
  public ProblemException(Problem problem, long retryAfterSeconds) {
    super(problem.detail(), null, false, false); // expected: a stack trace would only cost
    this.problem = problem;
    this.retryAfterSeconds = retryAfterSeconds;
  }

  public ProblemException(ProblemType type, String detail) {
    this(Problem.of(type, detail));
  }

  /** After how many seconds the client may try again; 0 if that is not known. */
  long retryAfterSeconds() {
    return retryAfterSeconds;
  }

  /** What the client is told. */
  public Problem problem() {
    return problem;
  }
}
