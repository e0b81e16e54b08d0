package dev.freshcut.notificationworker.sms;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberFormat;
import com.google.i18n.phonenumbers.Phonenumber.PhoneNumber;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads phone numbers as people write them. */
final class PhoneNumbers {
  private final PhoneNumberUtil numbers = PhoneNumberUtil.getInstance();
  private final @Nullable String country;

  /**
   * With a country.
   *
   * @param country of numbers that do not say theirs, ISO 3166; such numbers are none without it
   */
  PhoneNumbers(@Nullable String country) {
    this.country = country;
  }

  static boolean isCountry(String code) {
    return PhoneNumberUtil.getInstance().getSupportedRegions().contains(code);
  }

  /** A number as E.164 writes it, such as +4930901820; nothing if there can't be such a number. */
  Optional<String> of(String typed) {
    try {
      PhoneNumber number = numbers.parse(typed, country);
      return numbers.isValidNumber(number)
          ? Optional.of(numbers.format(number, PhoneNumberFormat.E164))
          : Optional.empty();
    } catch (NumberParseException e) {
      return Optional.empty();
    }
  }
}
