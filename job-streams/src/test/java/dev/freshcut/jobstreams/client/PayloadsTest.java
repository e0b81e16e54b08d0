package dev.freshcut.jobstreams.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshcut.jobstreams.JobType;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PayloadsTest {
  private static final JobType<Box> BOX = JobType.of("boxes", "carry", Box.class);

  record Box(String label, int height, boolean fragile, String owner) {}

  @Test
  void fieldsMayComeAndGoWithoutANewVersion() {
    String older = "{\"label\":\"books\",\"width\":3}";
    assertThat(Payloads.defaults().read(BOX, 1, older, Map.of()))
        .extracting(Box::label, Box::height, Box::fragile, Box::owner)
        .containsExactly("books", 0, false, null);
  }

  @Test
  void whatUpgradesSayOfAValueIsNotRepeated() {
    JobType<Box> second = new JobType<>("boxes", "carry", 2, Box.class);
    String payload = "{\"label\":\"Ada Byron\"}";
    assertThatThrownBy(
            () ->
                Payloads.defaults()
                    .read(
                        second,
                        1,
                        payload,
                        Map.of(
                            1,
                            old -> {
                              throw new IllegalStateException(old.get("label").asString());
                            })))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("payload of job type carry is unreadable: IllegalStateException");
  }
}
