package dev.freshcut.quickstart;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;

/**
 * What a user may set, each by a system property.
 *
 * @param port TCP port of the API, 0 to 65535; 0 takes a free one ({@code freshcut.port}, 8080)
 * @param directory where the log and the address file go ({@code freshcut.directory}, the module's
 *     {@code target})
 */
record Options(int port, Path directory) {
  static final String PORT = "freshcut.port";
  static final String DIRECTORY = "freshcut.directory";

  /**
   * Reads the options.
   *
   * @throws StartFailure if one has no acceptable value
   */
  static Options from(Properties properties) {
    String directory = properties.getProperty(DIRECTORY, "");
    return new Options(
        port(properties.getProperty(PORT, "8080")),
        directory.isBlank() ? target() : Path.of(directory));
  }

  /** The log of everything that runs in this JVM. */
  Path log() {
    return directory.resolve("quickstart.log");
  }

  /** The file that a run keeps locked, so that another does not share its directory. */
  Path lock() {
    return directory.resolve("quickstart.lock");
  }

  /** The file that tells other programs the addresses. */
  Path addresses() {
    return directory.resolve("freshcut.json");
  }

  private static int port(String text) {
    try {
      int port = Integer.parseInt(text.strip());
      if (port >= 0 && port <= 65_535) {
        return port;
      }
    } catch (NumberFormatException e) {
      // Said below, with the value.
    }
    throw new StartFailure(
        PORT, "'" + text + "' is not a port", "Give a number from 0 (any free port) to 65535");
  }

  /** Found from this class's own place, so that it is right from whatever directory we start. */
  private static Path target() {
    try {
      URI here = Options.class.getProtectionDomain().getCodeSource().getLocation().toURI();
      Path parent = Path.of(here).getParent();
      return parent != null && Files.isDirectory(parent) ? parent : Path.of("target");
    } catch (java.net.URISyntaxException e) {
      return Path.of("target");
    }
  }
}
