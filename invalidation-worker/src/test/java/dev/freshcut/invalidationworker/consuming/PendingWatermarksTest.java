package dev.freshcut.invalidationworker.consuming;

import static dev.freshcut.invalidationworker.consuming.TestModel.ITEMS_0;
import static dev.freshcut.invalidationworker.consuming.TestModel.ITEMS_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freshcut.coherentcache.Watermark;
import dev.freshcut.invalidationworker.consuming.PendingWatermarks.Covered;
import dev.freshcut.invalidationworker.reading.Reading.Heartbeat;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class PendingWatermarksTest {
  private final PendingWatermarks pending = new PendingWatermarks();

  private void beat(long second, long end0, long end1) {
    pending.add(
        new Heartbeat(Instant.ofEpochSecond(second), 100 + second, 90 + second),
        Map.of(ITEMS_0, end0, ITEMS_1, end1));
  }

  private long xidCoveredBy(Map<String, String> positions) {
    Watermark covered = Objects.requireNonNull(pending.covered(positions)).watermark();
    pending.written(covered);
    return covered.xid();
  }

  private static Map<String, String> positions(long p0, long p1) {
    return Map.of("p.public.items-0", "" + p0, "p.public.items-1", "" + p1, "other-0", "7");
  }

  @Test
  void waitsUntilEveryPartitionIsCovered() {
    beat(1, 10, 20);
    assertThat(pending.covered(positions(9, 20))).isNull();
    assertThat(pending.covered(positions(10, 19))).isNull();
    assertThat(pending.covered(Map.of("p.public.items-0", "10"))).isNull();
    assertThat(pending.covered(positions(10, 20)))
        .isEqualTo(
            new Covered(
                new Watermark(Instant.ofEpochSecond(1), 101, 91),
                Map.of("p.public.items-0", "10", "p.public.items-1", "20")));
    assertThat(pending.isEmpty()).as("not written yet").isFalse();
    assertThat(xidCoveredBy(positions(10, 20))).isEqualTo(101);
    assertThat(pending.isEmpty()).isTrue();
  }

  @Test
  void takesTheNewestThatIsCovered() {
    beat(1, 10, 10);
    beat(2, 20, 20);
    beat(3, 30, 30);
    assertThat(xidCoveredBy(positions(29, 30))).isEqualTo(102);
    assertThat(pending.isEmpty()).isFalse();
  }

  @Test
  void aTopicThatIsGoneHoldsUpOnlyWhatWasPendingThen() {
    beat(1, 1_000, 10);
    beat(2, 20, 20);
    assertThat(xidCoveredBy(positions(20, 20))).isEqualTo(102);
    assertThat(pending.isEmpty()).isTrue();
  }

  @Test
  void anEmptyPartitionNeedsNoPosition() {
    beat(1, 10, 0);
    assertThat(pending.covered(Map.of("p.public.items-0", "10"))).isNotNull();
  }

  @Test
  void aLastingLagDoesNotFillTheMemoryNorStopTheWatermark() {
    for (int second = 1; second <= 100; second++) {
      beat(second, second * 10L, 0);
    }
    assertThat(xidCoveredBy(positions(10, 0))).isEqualTo(101);
    assertThat(xidCoveredBy(positions(1_000, 0))).isEqualTo(200);
  }
}
