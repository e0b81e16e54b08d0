package dev.freshcut.coherentcache.model;

/** A row change from which a rule cannot derive its patterns. */
public final class UnresolvableChangeException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  UnresolvableChangeException(String message) {
    super(message);
  }
}
