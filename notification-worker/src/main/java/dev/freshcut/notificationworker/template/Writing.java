package dev.freshcut.notificationworker.template;

import java.math.BigDecimal;
import java.text.NumberFormat;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Currency;
import java.util.Locale;
import java.util.Optional;

/** How a language writes days, times, zones and money. */
enum Writing {
  EN(Locale.ENGLISH, "EEEE, d MMMM uuuu", "EEE d MMM", "h:mm a"),
  DE(Locale.GERMAN, "EEEE, d. MMMM uuuu", "EEE d.M.", "H:mm");

  private final Locale locale;
  private final DateTimeFormatter day;
  private final DateTimeFormatter shortDay;
  private final DateTimeFormatter time;
  private final DateTimeFormatter zone;
  private final DateTimeFormatter shortZone;

  Writing(Locale locale, String day, String shortDay, String time) {
    this.locale = locale;
    this.day = DateTimeFormatter.ofPattern(day, locale);
    this.shortDay = DateTimeFormatter.ofPattern(shortDay, locale);
    this.time = DateTimeFormatter.ofPattern(time, locale);
    this.zone = DateTimeFormatter.ofPattern("zzzz", locale);
    this.shortZone = DateTimeFormatter.ofPattern("z", locale);
  }

  /** A locale's language; English if there are no texts in it. */
  static Writing of(Locale wanted) {
    for (Writing each : values()) {
      if (each.locale.getLanguage().equals(wanted.getLanguage())) {
        return each;
      }
    }
    return EN;
  }

  String language() {
    return locale.getLanguage();
  }

  String day(ZonedDateTime at) {
    return day.format(at);
  }

  String shortDay(ZonedDateTime at) {
    return shortDay.format(at);
  }

  String time(ZonedDateTime at) {
    return time.format(at);
  }

  /** Such as Central European Summer Time. */
  String zone(ZonedDateTime at) {
    return zone.format(at);
  }

  /** Such as CEST. */
  String shortZone(ZonedDateTime at) {
    return shortZone.format(at);
  }

  /** Such as €35.00; nothing if it is no currency. */
  Optional<String> money(long minor, String code) {
    Currency currency;
    try {
      currency = Currency.getInstance(code);
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
    int digits = Math.max(0, currency.getDefaultFractionDigits());
    NumberFormat format = NumberFormat.getCurrencyInstance(locale);
    format.setCurrency(currency);
    format.setMinimumFractionDigits(digits);
    format.setMaximumFractionDigits(digits);
    return Optional.of(format.format(BigDecimal.valueOf(minor, digits)));
  }
}
