package dev.freshcut.sharedevents.control;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GapTest {
  @Test
  void writesTheAgreedForm() {
    assertThat(new String(new Gap(4_294_967_301L, "slot \"a\" is gone").toJson(), UTF_8))
        .isEqualTo("{\"type\":\"gap\",\"xid\":4294967301,\"reason\":\"slot \\\"a\\\" is gone\"}");
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1, 4_294_967_296L, Long.MAX_VALUE})
  void readsWhatItWrites(long xid) {
    Gap gap = new Gap(xid, "first start, ünïcode");

    assertThat(Gap.parse(gap.toJson())).contains(gap);
  }

  @Test
  void ignoresUnknownPropertiesAndOtherTypes() {
    assertThat(parse("{\"at\":{\"a\":[1]},\"xid\":7,\"type\":\"gap\"}")).contains(new Gap(7, ""));
    assertThat(parse("{\"type\":\"schema\",\"xid\":\"x\"}")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "x",
        "null",
        "7",
        "[]",
        "{}",
        "{\"xid\":7}",
        "{\"type\":\"gap\"}",
        "{\"type\":\"gap\",\"xid\":-1}",
        "{\"type\":\"gap\",\"xid\":\"7\"}",
        "{\"type\":\"gap\",\"xid\":1.5}",
        "{\"type\":\"gap\",\"xid\":9223372036854775808}",
        "{\"type\":\"gap\",\"xid\":7",
        "{\"type\":\"gap\",\"xid\":7}{}",
        "{\"type\":{\"a\":1},\"xid\":7}"
      })
  void refusesWhatIsNoControlMessage(String value) {
    assertThatThrownBy(() -> parse(value)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void boundsTheReasonAndTheXid() {
    assertThat(new Gap(1, "x".repeat(5_000)).reason()).hasSize(Gap.MAX_REASON_LENGTH);
    assertThatThrownBy(() -> new Gap(-1, "")).isInstanceOf(IllegalArgumentException.class);
  }

  private static Optional<Gap> parse(String value) {
    return Gap.parse(value.getBytes(UTF_8));
  }
}
