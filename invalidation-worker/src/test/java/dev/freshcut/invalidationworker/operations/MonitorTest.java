package dev.freshcut.invalidationworker.operations;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshcut.coherentcache.Watermark;
import dev.freshcut.coherentcache.Watermarks;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class MonitorTest {
  private static final Watermarks NONE =
      new Watermarks() {
        @Override
        public Optional<Watermark> read() {
          return Optional.empty();
        }

        @Override
        public OptionalLong everythingEvictedAt() {
          return OptionalLong.empty();
        }
      };

  @Test
  void modelsAreComparedAtTheFirstLookAndAtEveryTwentieth() {
    List<String> found = new ArrayList<>();
    Monitor monitor = new Monitor(NONE, () -> List.copyOf(found), Clock.systemUTC());
    monitor.run();
    found.add("another");

    look(monitor, 19);
    assertThat(monitor.modelMismatches()).isEmpty();
    look(monitor, 1);
    assertThat(monitor.modelMismatches()).containsExactly("another");

    found.clear();
    look(monitor, 20);
    assertThat(monitor.modelMismatches()).isEmpty();
  }

  private static void look(Monitor monitor, int times) {
    for (int i = 0; i < times; i++) {
      monitor.run();
    }
  }
}
