package dev.freshcut.quickstart;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * The file that tells psql, redis-cli, kcat and scripts where everything listens. It exists exactly
 * while Freshcut is ready.
 */
final class AddressFile implements AutoCloseable {
  private static final ObjectMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  private final Path path;

  private AddressFile(Path path) {
    this.path = path;
  }

  /** Writes the file; a reader sees all of it or none. */
  static AddressFile write(Path path, Addresses addresses) throws IOException {
    Path draft = path.resolveSibling(path.getFileName() + ".new");
    Files.writeString(draft, JSON.writeValueAsString(addresses) + System.lineSeparator());
    Files.move(draft, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    return new AddressFile(path);
  }

  /** Removes the file. */
  @Override
  public void close() throws IOException {
    Files.deleteIfExists(path);
  }
}
