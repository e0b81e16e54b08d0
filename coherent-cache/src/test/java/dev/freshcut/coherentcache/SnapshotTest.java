package dev.freshcut.coherentcache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SnapshotTest {
  @Test
  void containsWhatHadEndedWhenItWasTaken() {
    Snapshot snapshot = Snapshot.parse("10:20:10,15,12");

    assertThat(snapshot.floor()).isEqualTo(10);
    assertThat(snapshot.contains(9)).isTrue();
    assertThat(snapshot.contains(10)).isFalse();
    assertThat(snapshot.contains(11)).isTrue();
    assertThat(snapshot.contains(12)).isFalse();
    assertThat(snapshot.contains(15)).isFalse();
    assertThat(snapshot.contains(19)).isTrue();
    assertThat(snapshot.contains(20)).isFalse();
    assertThat(snapshot).hasToString("10:20:10,12,15");
  }

  @Test
  void mayHaveNothingInProgress() {
    assertThat(Snapshot.parse("7:7:").contains(6)).isTrue();
    assertThat(Snapshot.parse("7:7:").contains(7)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "1:2", "1:2:3:4", "a:2:", "1:2:b", "-1:2:", "1:9007199254740992:"})
  void refusesOtherText(String text) {
    assertThatThrownBy(() -> Snapshot.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }
}
