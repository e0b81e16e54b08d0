package dev.freshcut.quickstart;

/** Why Freshcut could not start, said to a person: the thing, the reason and the mend. */
final class StartFailure extends RuntimeException {
  private static final long serialVersionUID = 1;

  StartFailure(String thing, String reason, String mend) {
    super(oneLine(thing + ": " + reason + ". " + mend + "."));
  }

  StartFailure(String thing, String reason, String mend, Throwable cause) {
    this(thing, reason, mend);
    initCause(cause);
  }

  /** The line for standard error. */
  String line() {
    return "Freshcut did not start: " + getMessage();
  }

  private static String oneLine(String text) {
    return text.replaceAll("\\s*\\R\\s*", " ");
  }
}
