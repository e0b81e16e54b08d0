package dev.freshcut.cdcconnector.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class XidWidenerTest {
  private static final long EPOCH = 1L << 32;
  private static final long HALF = 1L << 31;

  /** Both sides of a wraparound, and the furthest ids on either side; a tie goes to the older. */
  @ParameterizedTest
  @CsvSource({
    "4294967296, 4294967295, 4294967295",
    "4294967296, 0, 4294967296",
    "4294967295, 0, 4294967296",
    "4294967295, 3, 4294967299",
    "4294967295, 4294967295, 4294967295",
    "8589934595, 4294967290, 8589934586",
    "8589934586, 3, 8589934595",
    "10, 10, 10",
    "10, 0, 0",
    "3, 4294967295, 4294967295",
    "0, 0, 0",
    "6442450944, 0, 4294967296",
    "6442450943, 4294967295, 4294967295",
    "6442450943, 0, 4294967296",
    "9223372032559808512, 7, 9223372032559808519"
  })
  void nearestToTheReference(long reference, long low, long expected) {
    assertThat(new XidWidener(reference).widen(low)).isEqualTo(expected);
  }

  @Test
  void higherBitsAreIgnored() {
    assertThat(new XidWidener(EPOCH).widen(-1L)).isEqualTo(EPOCH - 1);
    assertThat(new XidWidener(EPOCH).widen(5 * EPOCH + 6)).isEqualTo(EPOCH + 6);
  }

  @Test
  void theReferenceFollowsTheHighest() {
    XidWidener widener = new XidWidener(EPOCH - 1);

    assertThat(widener.widen(HALF - 2)).isEqualTo(EPOCH + HALF - 2);
    // From the first reference this id would be nearer below; from the highest seen it is above.
    assertThat(widener.widen(EPOCH - 10)).isEqualTo(2 * EPOCH - 10);
    assertThat(widener.widen(EPOCH - 11)).isEqualTo(2 * EPOCH - 11);
    assertThat(widener.widen(5)).isEqualTo(2 * EPOCH + 5);
  }

  @Test
  void negativeReferencesAreRefused() {
    assertThatThrownBy(() -> new XidWidener(-1)).isInstanceOf(IllegalArgumentException.class);
  }

  /** Any id less than half an epoch from the reference comes back, however often it wraps. */
  @RepeatedTest(20)
  void everyIdWithinHalfAnEpochComesBack() {
    long seed = System.nanoTime();
    System.out.println("XidWidenerTest seed " + seed);
    Random random = new Random(seed);
    long highest = random.nextLong(0, 1L << 40);
    XidWidener widener = new XidWidener(highest);

    for (int i = 0; i < 10_000; i++) {
      long distance =
          switch (random.nextInt(4)) {
            case 0 -> random.nextLong(-HALF, HALF);
            case 1 -> random.nextLong(-3, 4);
            case 2 -> -HALF + random.nextLong(0, 3);
            default -> HALF - 1 - random.nextLong(0, 3);
          };
      long xid = Math.max(0, highest + distance);

      assertThat(widener.widen(xid & 0xFFFF_FFFFL))
          .as("seed %s, step %s, reference %s", seed, i, highest)
          .isEqualTo(xid);
      highest = Math.max(highest, xid);
    }
  }
}
