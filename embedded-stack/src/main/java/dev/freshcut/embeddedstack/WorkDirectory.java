package dev.freshcut.embeddedstack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import org.jspecify.annotations.Nullable;

/** The temporary directory of one set of servers, deleted when it closes. */
final class WorkDirectory implements AutoCloseable {
  private final Path path;

  private WorkDirectory(Path path) {
    this.path = path;
  }

  /** In the directory for temporary files. */
  static WorkDirectory create() {
    return create(Path.of(System.getProperty("java.io.tmpdir")).toAbsolutePath());
  }

  static WorkDirectory create(Path parent) {
    try {
      Path path = Files.createTempDirectory(parent, "freshcut-servers-");
      // Servers may run as another user, who must be able to reach a directory of their own in it.
      Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwx--x--x"));
      return new WorkDirectory(path);
    } catch (IOException e) {
      throw unwritable("The embedded servers", parent, e);
    }
  }

  Path path() {
    return path;
  }

  Path createDirectory(String name) {
    try {
      return Files.createDirectory(path.resolve(name));
    } catch (IOException e) {
      throw unwritable("The embedded servers", path, e);
    }
  }

  static ServerStartException unwritable(String thing, Path where, IOException e) {
    return new ServerStartException(
        thing,
        "cannot write in " + where + " (" + e + ")",
        "Free some space or make it writable, or choose another place with -Djava.io.tmpdir",
        e);
  }

  @Override
  public void close() {
    delete(path);
  }

  /** Deletes a tree; what another process deletes at the same time is as good. */
  static void delete(Path root) {
    try {
      Files.walkFileTree(
          root,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                throws IOException {
              Files.deleteIfExists(file);
              return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException e) {
              return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException e)
                throws IOException {
              Files.deleteIfExists(directory);
              return FileVisitResult.CONTINUE;
            }
          });
    } catch (IOException e) {
      throw new UncheckedIOException("cannot delete " + root + "; delete it by hand", e);
    }
  }
}
