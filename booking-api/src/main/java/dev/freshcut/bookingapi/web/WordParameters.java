package dev.freshcut.bookingapi.web;

import java.util.Arrays;
import org.springframework.core.convert.converter.Converter;
import org.springframework.core.convert.converter.ConverterFactory;

/** Words as parameters, exactly as they are written. */
final class WordParameters implements ConverterFactory<String, Word> {
  @Override
  public <T extends Word> Converter<String, T> getConverter(Class<T> type) {
    T[] all = type.getEnumConstants();
    return text ->
        Arrays.stream(all)
            .filter(each -> each.text().equals(text))
            .findFirst()
            .orElseThrow(() -> new InvalidParameterException(ParameterForms.oneOf((Object[]) all)));
  }
}
