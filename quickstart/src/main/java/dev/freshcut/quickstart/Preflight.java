package dev.freshcut.quickstart;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Looks, before anything is started, for what would make the start fail half-way. */
final class Preflight {
  /** A fresh start writes about 150 MB; the rest is for the demo to grow. */
  static final long NEEDED_BYTES = 400L << 20;

  private final long neededBytes;

  Preflight(long neededBytes) {
    this.neededBytes = neededBytes;
  }

  /**
   * Checks, takes the directory and empties the log of the run before.
   *
   * @return open for as long as the directory is to be kept from other runs
   * @throws StartFailure at the first finding
   */
  FileChannel check(Options options) {
    FileChannel lock;
    try {
      Files.createDirectories(options.directory());
      lock = lock(options);
      port(options.port());
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
    return lock;
  }

  private static FileChannel lock(Options options) throws IOException {
    FileChannel file =
        FileChannel.open(options.lock(), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      if (file.tryLock() != null) {
        return file;
      }
    } catch (OverlappingFileLockException e) {
      // Held by this JVM, which is the same.
    }
    file.close();
    throw new StartFailure(
        options.directory().toString(),
        "a quickstart is running there",
        "Stop it, or run another beside it with -D%s=<another directory> and -D%s=0"
            .formatted(Options.DIRECTORY, Options.PORT));
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

  /** As Tomcat would bind it. */
  private static void port(int port) {
    if (port == 0) {
      return;
    }
    try (ServerSocket socket = new ServerSocket()) {
      // As servers do: a port that only lingers in TIME_WAIT is not taken.
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    } catch (IOException e) {
      throw Diagnosis.port(port, e);
    }
  }
}
