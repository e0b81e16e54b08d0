package dev.freshcut.coherentcache;

/** A loader failed with a checked exception, which is the cause. */
public final class CacheLoadException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  CacheLoadException(String message, Throwable cause) {
    super(message, cause);
  }
}
