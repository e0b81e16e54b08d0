package dev.freshcut.coherentcache.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SegmentTest {
  @ParameterizedTest
  @CsvSource({
    "abc,abc",
    "2026-11-20,2026-11-20",
    "a.b_c-d+e,a.b_c-d+e",
    "a:b,a%3Ab",
    "{7},%7B7%7D",
    "*,%2A",
    "~,%7E",
    "~e,%7Ee",
    "!,%21",
    "@,%40",
    "100%,100%25",
    "é,%C3%A9",
    "✂,%E2%9C%82",
    "😀,%F0%9F%98%80"
  })
  void escapesWhatKeysGiveAMeaning(String value, String segment) {
    assertThat(Segment.of(value)).isEqualTo(segment);
  }

  @Test
  void nullAndEmptyHaveSegmentsOfTheirOwn() {
    assertThat(Segment.of(null)).isEqualTo("~");
    assertThat(Segment.of("")).isEqualTo("~e");
  }

  @Test
  void takesTypesWhoseTextIsUnique() {
    UUID id = UUID.fromString("00000000-0000-4000-8000-00000000000a");

    assertThat(Segment.of(7)).isEqualTo("7");
    assertThat(Segment.of(-7L)).isEqualTo("-7");
    assertThat(Segment.of((short) 7)).isEqualTo("7");
    assertThat(Segment.of((byte) 7)).isEqualTo("7");
    assertThat(Segment.of(BigInteger.TWO.pow(70))).isEqualTo("1180591620717411303424");
    assertThat(Segment.of(true)).isEqualTo("true");
    assertThat(Segment.of(id)).isEqualTo("00000000-0000-4000-8000-00000000000a");
    assertThat(Segment.of(LocalDate.of(2026, 1, 2))).isEqualTo("2026-01-02");
    assertThat(Segment.of(DayOfWeek.MONDAY)).isEqualTo("MONDAY");
  }

  @Test
  void refusesTypesWhoseTextIsNotUnique() {
    assertThatThrownBy(() -> Segment.of(new BigDecimal("1.50")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "a key cannot hold a value of class java.math.BigDecimal; pass text, a whole number, a"
                + " boolean, a UUID, a LocalDate or an enum");
    assertThatThrownBy(() -> Segment.of(1.5)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Segment.of(new Object())).isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void distinctTextsHaveDistinctSegmentsFromWhichTheyCanBeRead(long seed) {
    Random random = new Random(seed);
    Map<String, String> valueOfSegment = new HashMap<>();
    for (int i = 0; i < 10_000; i++) {
      String value = randomText(random);
      String segment = Segment.of(value);

      assertThat(segment).as("seed %d", seed).isNotEmpty().matches("~e|[A-Za-z0-9._+%-]+");
      if (isUnicode(value)) {
        assertThat(decode(segment)).as("seed %d", seed).isEqualTo(value);
      }
      String other = valueOfSegment.putIfAbsent(segment, value);
      assertThat(other == null || other.equals(value))
          .as("seed %d: two texts share the segment %s", seed, segment)
          .isTrue();
    }
  }

  @Test
  void loneSurrogatesDifferFromEachOtherAndFromAQuestionMark() {
    assertThat(new String[] {Segment.of("\ud800"), Segment.of("\udc00"), Segment.of("?")})
        .containsExactly("%ED%A0%80", "%ED%B0%80", "%3F");
  }

  /** Short texts over a small, nasty alphabet, so that near collisions are frequent. */
  private static String randomText(Random random) {
    String alphabet = "aA0~e%2:*{}!@?é✂\ud83d\ude00\u0000 ";
    StringBuilder text = new StringBuilder();
    int length = random.nextInt(6);
    for (int i = 0; i < length; i++) {
      text.append(alphabet.charAt(random.nextInt(alphabet.length())));
    }
    return text.toString();
  }

  private static boolean isUnicode(String text) {
    return StandardCharsets.UTF_8.newEncoder().canEncode(text);
  }

  private static @Nullable String decode(String segment) {
    if (segment.equals(Segment.EMPTY)) {
      return "";
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (int i = 0; i < segment.length(); i++) {
      char c = segment.charAt(i);
      if (c == '%') {
        bytes.write(Integer.parseInt(segment.substring(i + 1, i + 3), 16));
        i += 2;
      } else {
        bytes.write(c);
      }
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
