package dev.freshcut.notificationworker.sms;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PhoneNumbersTest {
  private final PhoneNumbers german = new PhoneNumbers("DE");

  @ParameterizedTest
  @CsvSource({
    "+49 1512 3456789,+4915123456789",
    "0151 / 234 567 89,+4915123456789",
    "0049 (0)151-23456789,+4915123456789",
    "+39 06 6982,+39066982",
    "+1 (212) 555-2368,+12125552368",
    "+44 7911 123456,+447911123456",
  })
  void writtenByPeople(String typed, String number) {
    assertThat(german.of(typed)).contains(number);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "12",
        "abc",
        "+49",
        "+999 123456789",
        "0000000000",
        "+49 151 23456789\r\nBody=x",
        "+4915123456789&To=+4915100000000",
        "112",
        "ring me",
      })
  void noNumbers(String typed) {
    assertThat(german.of(typed))
        .satisfies(none -> assertThat(none.orElse("")).doesNotContain("&", "\n"));
    if (!typed.startsWith("+49 151") && !typed.startsWith("+49151")) {
      assertThat(german.of(typed)).isEmpty();
    }
  }

  @Test
  void withoutACountryOnlyWholeNumbers() {
    PhoneNumbers anywhere = new PhoneNumbers(null);

    assertThat(anywhere.of("0151 23456789")).isEmpty();
    assertThat(anywhere.of("+49 151 23456789")).contains("+4915123456789");
    assertThat(new PhoneNumbers("US").of("212 555 2368")).contains("+12125552368");
  }
}
