package dev.freshcut.bookingapi.web;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;
import org.springframework.core.convert.converter.Converter;

/**
 * Dates as parameters: {@code 2026-11-20} and no other form; an empty one is none. Spring's own
 * converter looks for an annotation with the form, at each parameter of each request.
 */
final class DateParameters implements Converter<String, @Nullable LocalDate> {
  @Override
  @SuppressWarnings("NullAway") // it does not see that the result may be null by its type argument
  public @Nullable LocalDate convert(String text) {
    return text.isBlank() ? null : LocalDate.parse(text);
  }
}
