package dev.freshcut.jobstreams.store;

/** The store did not answer in time, or refused; what was asked may have happened. */
public final class StoreUnavailableException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public StoreUnavailableException(String message, Throwable cause) {
    super(message, cause);
  }
}
