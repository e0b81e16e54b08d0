package dev.freshcut.cdcconnector.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshcut.cdcconnector.kafka.StoredPosition;
import dev.freshcut.cdcconnector.postgres.SlotStatus;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ResumePointTest {
  private static final SlotStatus SLOT = slot(100, "reserved", 200);

  @Test
  void noGapWhileTheSlotIsNotAheadOfThePosition() {
    assertThat(reason(new StoredPosition(100, 100), SLOT)).isEmpty();
    assertThat(reason(new StoredPosition(150, 200), SLOT)).isEmpty();
    assertThat(reason(new StoredPosition(150, 200), slot(100, "extended", 200))).isEmpty();
    assertThat(reason(new StoredPosition(150, 200), slot(100, "unreserved", 200))).isEmpty();
  }

  @Test
  void everyReasonForAGap() {
    StoredPosition stored = new StoredPosition(150, 160);
    assertThat(reason(null, null)).hasValueSatisfying(r -> assertThat(r).contains("first start"));
    assertThat(reason(stored, null)).hasValueSatisfying(r -> assertThat(r).contains("was gone"));
    assertThat(reason(stored, slot(100, "lost", 200)))
        .hasValueSatisfying(r -> assertThat(r).contains("had lost WAL"));
    assertThat(reason(stored, slot(100, null, 200)))
        .hasValueSatisfying(r -> assertThat(r).contains("had lost WAL"));
    assertThat(reason(null, SLOT))
        .hasValueSatisfying(r -> assertThat(r).contains("no stored position"));
    // Between the last whole transaction and the highest position, changes may still be missing.
    assertThat(reason(stored, slot(151, "reserved", 200)))
        .hasValueSatisfying(r -> assertThat(r).contains("ahead of the stored position"));
    assertThat(reason(stored, slot(100, "reserved", 159)))
        .hasValueSatisfying(r -> assertThat(r).contains("restored"));
  }

  @Test
  void aSlotThatMovedWhileTheStreamStartedIsRefused() {
    assertThatCode(() -> ResumePoint.requireUnmoved(SLOT, 100)).doesNotThrowAnyException();
    assertThatThrownBy(() -> ResumePoint.requireUnmoved(SLOT, 99))
        .hasMessageContaining("made anew");
  }

  private static Optional<String> reason(
      @Nullable StoredPosition stored, @Nullable SlotStatus slot) {
    return ResumePoint.gapReason("s", Optional.ofNullable(stored), Optional.ofNullable(slot));
  }

  private static SlotStatus slot(long confirmed, @Nullable String walStatus, long current) {
    return new SlotStatus(0, confirmed, walStatus, current);
  }
}
