package dev.freshcut.coherentcache.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CacheModelTest {
  @TempDir private Path directory;

  @Test
  void readsFamilies() {
    Family views =
        CacheModel.parse(
                "model.yml",
                Models.with(
                    "    ttl: 5m\n",
                    """
                        ttl: 1500ms
                        jitter: 25%
                        freshness: bounded 30s
                        compress-above: 2 MB
                    """))
            .family("views");

    assertThat(views.name()).isEqualTo("views");
    assertThat(views.variables()).containsExactly("shop", "day", "owner");
    assertThat(views.ttl()).isEqualTo(Duration.ofMillis(1500));
    assertThat(views.jitter()).isEqualTo(0.25);
    assertThat(views.freshness()).isEqualTo(new Freshness.Bounded(Duration.ofSeconds(30)));
    assertThat(views.compressAbove()).isEqualTo(2 << 20);
  }

  @Test
  void familiesHaveDefaults() {
    Family hours = Models.model().family("hours");

    assertThat(hours.ttl()).isEqualTo(Duration.ofHours(24));
    assertThat(hours.jitter()).isEqualTo(0.1);
    assertThat(hours.freshness()).isEqualTo(new Freshness.Strict());
    assertThat(hours.compressAbove()).isEqualTo(1024);
  }

  @Test
  void familyMayDoWithoutRulesIfItSaysSo() {
    CacheModel model =
        CacheModel.parse(
            "model.yml",
            """
            version: 1
            families:
              rates: {key: "rates:{currency}", scope: currency, ttl: 30d, ttl-only: true}
            """);

    assertThat(model.family("rates").shapes()).containsExactly(Set.of("currency"));
    assertThat(model.tables()).isEmpty();
  }

  @Test
  void listsFamiliesAndTables() {
    CacheModel model = Models.model();

    assertThat(model.families().keySet()).containsExactly("views", "hours");
    assertThat(model.tables().keySet()).containsExactly("public.items", "public.shops");
    assertThat(model.tables().get("public.items"))
        .containsExactly("shop", "day", "owner", "state", "seen");
  }

  @Test
  void unknownFamilyIsNamedWithTheKnownOnes() {
    assertThatThrownBy(() -> Models.model().family("hour"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the cache model has no family 'hour'; known are views, hours");
  }

  @Test
  void fingerprintIgnoresLayoutAndOrder() {
    String reordered =
        """
        # the same, in other words
        rules:
        - {table: public.shops, evict: ["hours:{id}", "views:{id}:*:*"], on: [truncate, delete, update]}
        - table: public.items
          on: [create, update, delete, truncate]
          columns: [seen, state, owner]
          evict: ["views:{shop}:{day}:any", "views:{shop}:{day}:{owner}"]
        families:
          hours: {ttl: 1d, scope: shop, key: "hours:{shop}", jitter: 10%, ttl-only: false}
          views: {ttl: 300s, scope: shop, key: "views:{shop}:{day}:{owner}", compress-above: 1024B}
        tables:
          public.shops: {id: integer}
          public.items: {seen: timestamp, shop: integer, day: date, owner: integer, state: text}
        version: 1
        """;

    assertThat(CacheModel.parse("other.yml", reordered).fingerprint())
        .isEqualTo(Models.model().fingerprint())
        .matches("[0-9a-f]{16}");
  }

  @Test
  void fingerprintDependsOnAllThatTheModelSays() {
    assertThat(
            java.util.stream.Stream.of(
                    Models.YAML,
                    Models.with("ttl: 5m", "ttl: 6m"),
                    Models.with("ttl: 5m", "ttl: 5m\n    jitter: 11%"),
                    Models.with("ttl: 5m", "ttl: 5m\n    freshness: bounded 30s"),
                    Models.with("ttl: 5m", "ttl: 5m\n    freshness: bounded 31s"),
                    Models.with("ttl: 5m", "ttl: 5m\n    compress-above: 2KB"),
                    Models.with("state: text", "state: integer"),
                    Models.with("[state, seen]", "[state]"),
                    Models.with("    columns: [state, seen]\n", ""),
                    Models.with("[update, delete, truncate]", "[update, delete]"),
                    Models.with("\"views:{id}:*:*\"", "\"views:{id}:*:any\""))
                .map(yaml -> CacheModel.parse("model.yml", yaml).fingerprint()))
        .doesNotHaveDuplicates();
  }

  /** Readers and workers of different builds compare fingerprints, so they must not drift. */
  @Test
  void fingerprintIsStable() {
    assertThat(Models.model().fingerprint()).isEqualTo("cafb1d483100f9c8");
  }

  @Test
  void loadsAFileAlsoWithAByteOrderMark() throws IOException {
    Path file = Files.writeString(directory.resolve("model.yml"), "\uFEFF" + Models.YAML);

    assertThat(CacheModel.load(file).fingerprint()).isEqualTo(Models.model().fingerprint());
  }

  @Test
  void fileThatIsNotThereIsNamed() {
    Path file = directory.resolve("missing.yml");

    assertThatThrownBy(() -> CacheModel.load(file))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessage("there is no cache model file " + file + "; correct the path");
    assertThatThrownBy(() -> CacheModel.load(directory))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageStartingWith("the cache model file " + directory + " cannot be read: ");
  }

  @Test
  void resourceThatIsNotThereIsNamed() {
    assertThatThrownBy(() -> CacheModel.loadResource("/missing/model.yml"))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessage(
            "the cache model missing/model.yml cannot be read: not on the class path; correct its"
                + " name");
  }

  @Test
  void fileInAnotherEncodingIsRefusedWithItsLine() throws IOException {
    Path file = directory.resolve("latin1.yml");
    Files.write(file, "version: 1\n# caf\u00e9\n".getBytes(StandardCharsets.ISO_8859_1));

    InvalidCacheModelException e =
        catchThrowableOfType(InvalidCacheModelException.class, () -> CacheModel.load(file));

    assertThat(e).hasMessage(file + ":2: this line is not UTF-8: save the file as UTF-8");
  }

  @Test
  void largeFileIsRefused() throws IOException {
    Path file = Files.write(directory.resolve("large.yml"), new byte[(1 << 20) + 1]);

    assertThatThrownBy(() -> CacheModel.load(file))
        .isInstanceOf(InvalidCacheModelException.class)
        .hasMessage(file + ":1: the file is larger than 1 MiB: remove what is not used");
  }
}
