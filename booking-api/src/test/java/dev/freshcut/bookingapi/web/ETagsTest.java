package dev.freshcut.bookingapi.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ETagsTest {
  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '\'',
      value = {
        "'\"7\"', true, true",
        "'\"8\"', false, false",
        "'7', false, false",
        "'*', true, true",
        "'\"6\", \"7\"', true, true",
        "'\"6\",\"8\"', false, false",
        "'W/\"7\"', false, true",
        "'w/\"7\"', false, false",
        "'\"77\"', false, false",
        "'', false, false"
      })
  void tagsAreCompared(String header, boolean strongly, boolean weakly) {
    assertThat(ETags.match(List.of(header), ETags.of(7), true)).isEqualTo(strongly);
    assertThat(ETags.match(List.of(header), ETags.of(7), false)).isEqualTo(weakly);
  }
}
