package dev.freshcut.bookingapi.payment;

import dev.freshcut.bookingapi.web.InvalidParameterException;
import java.util.Arrays;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.context.annotation.Configuration;
import org.springframework.format.FormatterRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

@Configuration(proxyBeanMethods = false)
class PaymentWebConfiguration implements WebMvcConfigurer {
  @Override
  public void addFormatters(FormatterRegistry registry) {
    registry.addConverter(
        String.class, Method.class, text -> parse(Method.values(), Method::text, text));
    registry.addConverter(String.class, Kind.class, text -> parse(Kind.values(), Kind::text, text));
    registry.addConverter(
        String.class,
        PaymentStatus.class,
        text -> parse(PaymentStatus.values(), PaymentStatus::text, text));
  }

  private static <T> T parse(T[] values, Function<T, String> names, String text) {
    return Arrays.stream(values)
        .filter(value -> names.apply(value).equals(text))
        .findFirst()
        .orElseThrow(
            () ->
                new InvalidParameterException(
                    Arrays.stream(values)
                        .map(names)
                        .collect(Collectors.joining(", ", "must be one of ", ""))));
  }
}
