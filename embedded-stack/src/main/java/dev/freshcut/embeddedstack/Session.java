package dev.freshcut.embeddedstack;

import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Keeps servers out of the terminal's reach: Ctrl-C goes to the whole foreground process group, and
 * would stop the servers under the applications that still use them.
 */
final class Session {
  private static final List<String> PREFIX =
      findProgram("setsid").map(path -> List.of(path.toString())).orElse(List.of());

  private Session() {}

  /** Words to put before a command: none where {@code setsid} is missing, as on macOS. */
  static List<String> own() {
    return PREFIX;
  }

  /** Looks a program up on the PATH, and where root's tools are. */
  static Optional<Path> findProgram(String name) {
    String path = System.getenv().getOrDefault("PATH", "");
    return Stream.concat(
            Stream.of(path.split(File.pathSeparator, -1)),
            Stream.of("/usr/bin", "/bin", "/usr/sbin", "/sbin"))
        .filter(directory -> !directory.isBlank())
        .map(directory -> Path.of(directory, name))
        .filter(file -> file.toFile().canExecute())
        .findFirst();
  }
}
