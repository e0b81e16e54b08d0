package dev.freshcut.coherentcache;

/**
 * Redis does not hold the positions that were expected, or is another server than the one that
 * confirmed the evictions: it has lost something, or somebody else has moved on. Nothing was
 * recorded. Read the positions and continue from there.
 */
public final class ProgressConflictException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** What conflicts. */
  public ProgressConflictException(String message) {
    super(message);
  }
}
