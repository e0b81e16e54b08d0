package dev.freshcut.notificationworker.state;

/** What was committed can't be seen yet; to be tried again. */
public final class NotVisibleException extends RuntimeException {
  private static final long serialVersionUID = 1;

  /** With a message for the log. */
  public NotVisibleException(String message) {
    super(message);
  }
}
