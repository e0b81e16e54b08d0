package dev.freshcut.quickstart;

import dev.freshcut.embeddedstack.ServerStartException;
import java.io.IOException;
import java.net.BindException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.web.server.PortInUseException;

/** Turns whatever broke a step of the start into one line for a person. */
final class Diagnosis {
  /** Longest reason that is quoted; the log has the rest. */
  private static final int MAX_REASON = 300;

  /** Of all that a {@link BindException} may say, what another program is the cause of. */
  private static final String IN_USE = "in use";

  private final Path log;

  Diagnosis(Path log) {
    this.log = log;
  }

  /** What to tell about {@code fault}, which ended the step named {@code step}. */
  StartFailure of(String step, Throwable fault) {
    List<Throwable> chain = causes(fault);
    for (Throwable cause : chain) {
      if (cause instanceof StartFailure failure) {
        return failure;
      }
      if (cause instanceof ServerStartException server && !full(server)) {
        return new StartFailure(server.thing(), server.reason(), server.mend(), fault);
      }
      if (cause instanceof PortInUseException port) {
        return portTaken(port.getPort(), fault);
      }
      if (full(cause)) {
        return new StartFailure(
            step,
            "the disk is full",
            "Free some space, or choose another place with -Djava.io.tmpdir=<directory>",
            fault);
      }
      if (cause instanceof BindException && says(cause, IN_USE)) {
        return new StartFailure(
            step, "its port is taken", "Stop the program that holds it and start again", fault);
      }
      if (cause instanceof OutOfMemoryError) {
        return new StartFailure(step, "out of memory", "Give the JVM more memory (-Xmx)", fault);
      }
    }
    return new StartFailure(step, reason(chain), "The whole story is in " + log, fault);
  }

  /** The API's port could not be bound. */
  static StartFailure port(int port, IOException cause) {
    return says(cause, IN_USE)
        ? portTaken(port, cause)
        : new StartFailure(
            "API port " + port,
            reason(List.of(cause)),
            "Start with -D" + Options.PORT + "=<another port>",
            cause);
  }

  private static StartFailure portTaken(int port, Throwable cause) {
    return new StartFailure(
        "API port " + port,
        "another program listens there",
        "Stop it, or start with -D" + Options.PORT + "=<another port>",
        cause);
  }

  /** The innermost cause that says anything: outer ones mostly repeat it. */
  private static String reason(List<Throwable> chain) {
    String reason = chain.getFirst().getClass().getSimpleName();
    for (Throwable cause : chain) {
      String message = cause.getMessage();
      if (message != null && !message.isBlank()) {
        reason = message.strip();
      }
    }
    String bounded =
        reason.length() > MAX_REASON ? reason.substring(0, MAX_REASON) + "..." : reason;
    return bounded.endsWith(".") ? bounded.substring(0, bounded.length() - 1) : bounded;
  }

  private static boolean full(Throwable cause) {
    return says(cause, "no space left on device") || says(cause, "disk quota exceeded");
  }

  private static boolean says(Throwable cause, String text) {
    String message = cause.getMessage();
    return message != null && message.toLowerCase(Locale.ROOT).contains(text);
  }

  private static List<Throwable> causes(Throwable fault) {
    Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    List<Throwable> chain = new ArrayList<>();
    for (@Nullable Throwable at = fault; at != null && seen.add(at); at = at.getCause()) {
      chain.add(at);
    }
    return chain;
  }
}
