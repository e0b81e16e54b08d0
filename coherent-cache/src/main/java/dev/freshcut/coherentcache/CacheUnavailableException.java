package dev.freshcut.coherentcache;

/** Redis did not answer in time, or refused. */
public final class CacheUnavailableException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  CacheUnavailableException(String message, Throwable cause) {
    super(message, cause);
  }
}
