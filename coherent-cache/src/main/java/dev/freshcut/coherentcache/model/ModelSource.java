package dev.freshcut.coherentcache.model;

import dev.freshcut.coherentcache.model.InvalidCacheModelException.Problem;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/** Reads the text of a model from a file or the class path, never more than its bound. */
final class ModelSource {
  private ModelSource() {}

  static String read(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      return decode(file.toString(), in.readNBytes(YamlFile.MAX_LENGTH + 1));
    } catch (NoSuchFileException e) {
      throw new UncheckedIOException(
          "there is no cache model file " + file.toAbsolutePath() + "; correct the path", e);
    } catch (IOException e) {
      throw new UncheckedIOException(
          "the cache model file " + file.toAbsolutePath() + " cannot be read: " + e, e);
    }
  }

  static String readResource(String resource) {
    String name = resource.startsWith("/") ? resource.substring(1) : resource;
    ClassLoader ofThread = Thread.currentThread().getContextClassLoader();
    ClassLoader loader = ofThread == null ? ModelSource.class.getClassLoader() : ofThread;
    try (InputStream in = loader.getResourceAsStream(name)) {
      if (in == null) {
        throw new FileNotFoundException("not on the class path");
      }
      return decode(resource, in.readNBytes(YamlFile.MAX_LENGTH + 1));
    } catch (IOException e) {
      throw new UncheckedIOException(
          "the cache model " + name + " cannot be read: " + e.getMessage() + "; correct its name",
          e);
    }
  }

  private static String decode(String source, byte[] bytes) {
    if (bytes.length > YamlFile.MAX_LENGTH) {
      throw new InvalidCacheModelException(source, List.of(new Problem(1, YamlFile.TOO_LARGE)));
    }
    ByteBuffer in = ByteBuffer.wrap(bytes);
    CharBuffer out = CharBuffer.allocate(bytes.length);
    CoderResult result = StandardCharsets.UTF_8.newDecoder().decode(in, out, true);
    out.flip();
    if (result.isError()) {
      int line = 1 + (int) out.chars().filter(c -> c == '\n').count();
      throw new InvalidCacheModelException(
          source, List.of(new Problem(line, "this line is not UTF-8: save the file as UTF-8")));
    }
    return out.toString();
  }
}
