package dev.freshcut.coherentcache;

/** Redis did not answer in time, or refused. */
public final class CacheUnavailableException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** What was tried, and what went wrong. */
  public CacheUnavailableException(String message, Throwable cause) {
    super(message, cause);
  }
}
