package dev.freshcut.coherentcache;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freshcut.coherentcache.StampedStore.Entry;
import java.time.Instant;
import java.util.Arrays;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;

class EntryCodecTest {
  private static final int LIMIT = 100_000;
  private static final int THRESHOLD = 1_000;

  private final EntryCodec codec = new EntryCodec(LIMIT);

  @Test
  void entriesComeBackAsTheyWere() {
    for (int length : new int[] {0, 1, THRESHOLD, THRESHOLD + 1, LIMIT}) {
      Entry entry = entry("a".repeat(length).getBytes(UTF_8));

      Entry decoded = Objects.requireNonNull(codec.decode(codec.encode(entry, THRESHOLD)));

      assertThat(decoded).usingRecursiveComparison().isEqualTo(entry);
    }
  }

  @Test
  void compressesAboveTheThresholdAndOnlyIfThatIsSmaller() {
    byte[] noise = new byte[THRESHOLD + 1];
    new Random(1).nextBytes(noise);

    assertThat(codec.encode(entry(new byte[THRESHOLD]), THRESHOLD)).hasSizeGreaterThan(THRESHOLD);
    assertThat(codec.encode(entry(new byte[THRESHOLD + 1]), THRESHOLD)).hasSizeLessThan(100);
    assertThat(codec.encode(entry(noise), THRESHOLD)).hasSize(26 + noise.length);
  }

  @Test
  void damagedBytesAreNoEntry() {
    byte[] whole = codec.encode(entry("a".repeat(5_000).getBytes(UTF_8)), THRESHOLD);
    for (int length = 0; length < whole.length; length++) {
      assertThat(codec.decode(Arrays.copyOf(whole, length))).as("%d bytes", length).isNull();
    }
    byte[] otherVersion = whole.clone();
    otherVersion[0] = 2;
    assertThat(codec.decode(otherVersion)).isNull();
    assertThat(codec.decode(whole)).as("after all these").isNotNull();
  }

  @Test
  void longerValuesThanTheLimitAreNoEntriesEitherWhenTheyAreNotCompressed() {
    byte[] noise = new byte[LIMIT + 1];
    new Random(1).nextBytes(noise);

    assertThat(codec.decode(codec.encode(entry(noise), THRESHOLD))).isNull();
  }

  @Test
  void bombIsNotInflated() {
    byte[] bomb = codec.encode(entry(new byte[LIMIT + 1]), THRESHOLD);

    assertThat(bomb).hasSizeLessThan(1_000);
    assertThat(codec.decode(bomb)).isNull();
  }

  private static Entry entry(byte[] json) {
    return new Entry(json, 1L << 50, Instant.ofEpochMilli(1), Instant.ofEpochMilli(2));
  }
}
