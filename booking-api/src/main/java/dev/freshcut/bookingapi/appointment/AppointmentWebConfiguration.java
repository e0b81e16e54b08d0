package dev.freshcut.bookingapi.appointment;

import dev.freshcut.bookingapi.web.InvalidParameterException;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.springframework.context.annotation.Configuration;
import org.springframework.format.FormatterRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

@Configuration(proxyBeanMethods = false)
class AppointmentWebConfiguration implements WebMvcConfigurer {
  @Override
  public void addFormatters(FormatterRegistry registry) {
    registry.addConverter(String.class, Status.class, AppointmentWebConfiguration::status);
  }

  private static Status status(String text) {
    return Arrays.stream(Status.values())
        .filter(status -> status.text().equals(text))
        .findFirst()
        .orElseThrow(
            () ->
                new InvalidParameterException(
                    Arrays.stream(Status.values())
                        .map(Status::text)
                        .collect(Collectors.joining(", ", "must be one of ", ""))));
  }
}
