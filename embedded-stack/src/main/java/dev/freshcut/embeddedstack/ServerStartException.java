package dev.freshcut.embeddedstack;

import org.jspecify.annotations.Nullable;

/**
 * A server could not be started. The message names the thing, the reason and the mend in one line,
 * fit to be shown to a user as it is.
 */
public final class ServerStartException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String thing;
  private final String reason;
  private final String mend;

  /**
   * A failed start.
   *
   * @param thing what did not start, such as {@code PostgreSQL}
   * @param reason why, without a full stop
   * @param mend what the user can do, a sentence without a full stop
   * @param cause the fault below, if there is one
   */
  public ServerStartException(String thing, String reason, String mend, @Nullable Throwable cause) {
    super(thing + " did not start: " + oneLine(reason) + ". " + mend + ".", cause);
    this.thing = thing;
    this.reason = oneLine(reason);
    this.mend = mend;
  }

  ServerStartException(String thing, String reason, String mend) {
    this(thing, reason, mend, null);
  }

  /** What did not start. */
  public String thing() {
    return thing;
  }

  /** Why it did not start, in one line. */
  public String reason() {
    return reason;
  }

  /** What the user can do about it. */
  public String mend() {
    return mend;
  }

  private static String oneLine(String text) {
    return text.strip().replaceAll("\\s*\\R\\s*", " | ");
  }
}
