package dev.freshcut.coherentcache.model;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The parsed and validated cache model file; immutable.
 *
 * <p>Reader and invalidation worker use the same file, so that what is indexed and what is evicted
 * cannot drift apart. {@link #fingerprint()} tells two versions from one another. The format is
 * described in {@code docs/cache-model.md}.
 */
public final class CacheModel {
  private final Map<String, Family> families;
  private final Map<String, Set<String>> tables;
  private final Map<String, CompiledTable> rules;
  private final String fingerprint;

  CacheModel(
      Map<String, Family> families,
      Map<String, Set<String>> tables,
      Map<String, CompiledTable> rules,
      String fingerprint) {
    this.families = families;
    this.tables = tables;
    this.rules = rules;
    this.fingerprint = fingerprint;
  }

  /**
   * Parses a model.
   *
   * @param source name of the file or resource, for messages
   * @throws InvalidCacheModelException with one problem per defect, each with its line
   */
  public static CacheModel parse(String source, String yaml) {
    return ModelReader.read(source, yaml);
  }

  /**
   * Reads and parses a file; faults as {@link #parse}.
   *
   * @throws java.io.UncheckedIOException if the file can't be read
   */
  public static CacheModel load(Path file) {
    return parse(file.toString(), ModelSource.read(file));
  }

  /**
   * Reads and parses a class path resource; faults as {@link #load}.
   *
   * @param resource its path, with or without a leading slash: {@code app/cache-model.yml}
   */
  public static CacheModel loadResource(String resource) {
    return parse(resource, ModelSource.readResource(resource));
  }

  /** The families by name, in the file's order. */
  public Map<String, Family> families() {
    return families;
  }

  /**
   * The family of this name.
   *
   * @throws IllegalArgumentException naming the known families if there is none
   */
  public Family family(String name) {
    Family family = families.get(name);
    if (family == null) {
      throw new IllegalArgumentException(
          "the cache model has no family '%s'; known are %s"
              .formatted(name, String.join(", ", families.keySet())));
    }
    return family;
  }

  /**
   * The pattern with this {@link Pattern#text() text}; empty if it is none of this model, as when
   * another version of the model wrote it.
   */
  public Optional<Pattern> pattern(String text) {
    int colon = text.indexOf(':');
    Family family = colon < 0 ? null : families.get(text.substring(0, colon));
    @Nullable String[] segments = family == null ? null : KeyText.segments(family, text);
    return family == null || segments == null
        ? Optional.empty()
        : Optional.of(new Pattern(family, segments));
  }

  /** The tables declared by the model, each with the names of its columns, in the file's order. */
  public Map<String, Set<String>> tables() {
    return tables;
  }

  /**
   * The patterns that a change evicts, without duplicates; empty if no rule applies. Old and new
   * row images are both evaluated. For a TRUNCATE the patterns leave all variables open, the scope
   * too. Takes less than a microsecond.
   *
   * @throws UnresolvableChangeException if an image lacks a column that a rule needs, or the value
   *     does not have the column's declared type
   */
  public List<Pattern> evictionsFor(TableChange change) {
    CompiledTable table = rules.get(change.table());
    return table == null ? List.of() : table.evictionsFor(change);
  }

  /**
   * All that the rules of a table could reach: for each family that they evict, the pattern that
   * leaves all variables open. Empty if no rule names the table.
   */
  public List<Pattern> everythingReachableFrom(String table) {
    CompiledTable rulesOfTable = rules.get(table);
    return rulesOfTable == null ? List.of() : rulesOfTable.everything();
  }

  /**
   * 16 hex digits of a digest over tables, families and rules; independent of comments, layout and
   * order.
   */
  public String fingerprint() {
    return fingerprint;
  }
}
