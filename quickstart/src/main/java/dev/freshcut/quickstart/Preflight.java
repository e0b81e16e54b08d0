package dev.freshcut.quickstart;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;

/** Looks, before anything is started, for what would make the start fail half-way. */
final class Preflight {
  /** A fresh start writes about 150 MB; the rest is for the demo to grow. */
  static final long NEEDED_BYTES = 400L << 20;

  private final long neededBytes;

  Preflight(long neededBytes) {
    this.neededBytes = neededBytes;
  }

  /**
   * Checks, and empties the log of the run before.
   *
   * @throws StartFailure at the first finding
   */
  void check(Options options) {
    port(options.port());
    try {
      Files.createDirectories(options.directory());
      Files.deleteIfExists(options.addresses());
      Files.writeString(options.log(), "");
    } catch (IOException e) {
      throw new StartFailure(
          options.directory().toString(),
          "cannot be written (" + e.getMessage() + ")",
          "Make it writable, or start with -D" + Options.DIRECTORY + "=<another directory>",
          e);
    }
    space(options.directory(), Options.DIRECTORY);
    space(Path.of(System.getProperty("java.io.tmpdir", "/tmp")), "java.io.tmpdir");
  }

  private void space(Path directory, String setting) {
    try {
      long free = Files.getFileStore(directory).getUsableSpace();
      if (free < neededBytes) {
        throw new StartFailure(
            "The disk of " + directory,
            "only %d MB are free and %d MB are needed".formatted(free >> 20, neededBytes >> 20),
            "Free some space, or choose another place with -D" + setting + "=<directory>");
      }
    } catch (IOException e) {
      throw new StartFailure(
          directory.toString(), e.toString(), "Make sure that it exists and can be written", e);
    }
  }

  /** As Tomcat would bind it: on every address. */
  private static void port(int port) {
    if (port == 0) {
      return;
    }
    try (ServerSocket socket = new ServerSocket()) {
      // As servers do: a port that only lingers in TIME_WAIT is not taken.
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(port));
    } catch (IOException e) {
      throw Diagnosis.portTaken(port, e);
    }
  }
}
