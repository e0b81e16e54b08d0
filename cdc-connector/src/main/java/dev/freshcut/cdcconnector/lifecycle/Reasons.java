package dev.freshcut.cdcconnector.lifecycle;

import java.util.ArrayList;
import java.util.List;

/** One line for people out of an exception and its causes. */
final class Reasons {
  private static final int MAX_LENGTH = 500;

  private Reasons() {}

  /** Distinct messages from the outermost to the root cause. */
  static String of(Throwable thrown) {
    List<String> messages = new ArrayList<>();
    for (Throwable e = thrown; e != null && messages.size() < 10; e = e.getCause()) {
      String message =
          e.getMessage() == null
              ? e.getClass().getSimpleName()
              : e.getMessage().replaceAll("\\s+", " ").strip();
      // An exception made from its cause repeats the cause's message.
      messages.removeIf(outer -> outer.contains(message));
      messages.add(message);
    }
    String text = String.join(": ", messages);
    return text.length() <= MAX_LENGTH ? text : text.substring(0, MAX_LENGTH) + "…";
  }
}
