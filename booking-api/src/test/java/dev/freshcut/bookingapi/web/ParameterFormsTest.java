package dev.freshcut.bookingapi.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonValue;
import org.junit.jupiter.api.Test;

/** What clients are told of words that are none. */
class ParameterFormsTest {
  enum Size implements Word {
    SMALL,
    VERY_LARGE
  }

  enum Event {
    SENT;

    @JsonValue
    String text() {
      return "message.sent";
    }
  }

  @Test
  void wordsAreNamedAsTheyAreWritten() {
    assertThat(ParameterForms.expected(Size.class)).isEqualTo("must be one of small, very_large");
    assertThat(ParameterForms.expected(Event.class)).isEqualTo("must be one of message.sent");
  }
}
