package dev.freshcut.coherentcache.model;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The parsed and validated cache model file; immutable.
 *
 * <p>Reader and invalidation worker use the same file, so that what is indexed and what is evicted
 * cannot drift apart. {@link #fingerprint()} tells two versions from one another.
 */
@SuppressWarnings("DoNotCallSuggester")
public final class CacheModel {
  /**
   * Parses a model.
   *
   * @param source name of the file or resource, for messages
   * @throws InvalidCacheModelException with one problem per defect, each with its line
   */
  public static CacheModel parse(String source, String yaml) {
    throw new UnsupportedOperationException();
  }

  /** Reads and parses a file; faults as {@link #parse} and when the file can't be read. */
  public static CacheModel load(Path file) {
    throw new UnsupportedOperationException();
  }

  /** Reads and parses a class path resource; faults as {@link #load}. */
  public static CacheModel loadResource(String resource) {
    throw new UnsupportedOperationException();
  }

  /** The families by name. */
  public Map<String, Family> families() {
    throw new UnsupportedOperationException();
  }

  /**
   * The family of this name.
   *
   * @throws IllegalArgumentException naming the known families if there is none
   */
  public Family family(String name) {
    throw new UnsupportedOperationException();
  }

  /** The tables declared by the model, each with the names of its columns. */
  public Map<String, Set<String>> tables() {
    throw new UnsupportedOperationException();
  }

  /**
   * The patterns that a change evicts, without duplicates; empty if no rule applies. Old and new
   * row images are both evaluated. For a TRUNCATE the patterns leave the scope open.
   *
   * @throws UnresolvableChangeException if an image lacks a column that a rule binds, or the value
   *     does not have the column's declared type
   */
  public List<Pattern> evictionsFor(TableChange change) {
    throw new UnsupportedOperationException();
  }

  /** All that the rules of a table could reach; empty if no rule names the table. */
  public List<Pattern> everythingReachableFrom(String table) {
    throw new UnsupportedOperationException();
  }

  /** Hex digest over the families, shapes and rules; independent of comments and layout. */
  public String fingerprint() {
    throw new UnsupportedOperationException();
  }
}
