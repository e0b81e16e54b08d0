package dev.freshcut.embeddedstack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipal;
import java.nio.file.attribute.UserPrincipalNotFoundException;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The operating system's user that PostgreSQL runs as: this JVM's own, or {@code nobody} when that
 * is root, as whom PostgreSQL refuses to run.
 */
final class ServerUser {
  private static final String NAME = "nobody";

  private final @Nullable UserPrincipal owner;
  private final Switch way;

  private ServerUser(@Nullable UserPrincipal owner, Switch way) {
    this.owner = owner;
    this.way = way;
  }

  /** How to run a command as the user. */
  private enum Switch {
    NONE,
    /** Replaces itself by the command; part of util-linux. */
    SETPRIV,
    /** On every Unix, but may stay as the command's parent. */
    SU;

    List<String> apply(List<String> words) {
      return switch (this) {
        case NONE -> words;
        case SETPRIV ->
            Stream.concat(
                    Stream.of("setpriv", "--reuid=" + NAME, "--regid=65534", "--clear-groups"),
                    words.stream())
                .toList();
        case SU ->
            List.of(
                "su",
                "-s",
                "/bin/sh",
                NAME,
                "-c",
                words.stream().map(Switch::quoted).collect(Collectors.joining(" ", "exec ", "")));
      };
    }

    private static String quoted(String word) {
      return "'" + word.replace("'", "'\\''") + "'";
    }
  }

  /**
   * Finds the user.
   *
   * @param ownFile a file that this JVM has created, which tells who it is
   */
  static ServerUser find(Path ownFile) throws InterruptedException {
    try {
      if (!Objects.equals(Files.getAttribute(ownFile, "unix:uid"), 0)) {
        return new ServerUser(null, Switch.NONE);
      }
      UserPrincipal nobody =
          ownFile.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName(NAME);
      for (Switch way : List.of(Switch.SETPRIV, Switch.SU)) {
        if (works(way)) {
          return new ServerUser(nobody, way);
        }
      }
      throw refused("neither setpriv nor su can switch to the user " + NAME, null);
    } catch (UserPrincipalNotFoundException e) {
      throw refused("there is no user " + NAME, e);
    } catch (IOException e) {
      throw refused("the user cannot be told (" + e.getMessage() + ")", e);
    }
  }

  private static boolean works(Switch way) throws InterruptedException {
    List<String> command = way.apply(List.of("/bin/sh", "-c", "exit 42"));
    try {
      Process process =
          Programs.start(
              new ProcessBuilder(command)
                  .redirectErrorStream(true)
                  .redirectOutput(ProcessBuilder.Redirect.DISCARD));
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        return false;
      }
      return process.exitValue() == 42;
    } catch (IOException e) {
      return false;
    }
  }

  private static ServerStartException refused(String reason, @Nullable Throwable cause) {
    return new ServerStartException(
        "PostgreSQL", "it refuses to run as root, and " + reason, "Run as an ordinary user", cause);
  }

  /** The command as this user. */
  List<String> command(List<String> words) {
    return way.apply(words);
  }

  /** Gives a file or directory to this user. */
  void own(Path path) throws IOException {
    if (owner != null) {
      Files.setOwner(path, owner);
    }
  }
}
