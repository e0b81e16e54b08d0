package dev.freshcut.bookingapi.waitinglist;

import dev.freshcut.bookingapi.web.InvalidParameterException;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.springframework.context.annotation.Configuration;
import org.springframework.format.FormatterRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

@Configuration(proxyBeanMethods = false)
class WaitingListWebConfiguration implements WebMvcConfigurer {
  @Override
  public void addFormatters(FormatterRegistry registry) {
    registry.addConverter(String.class, State.class, WaitingListWebConfiguration::state);
  }

  private static State state(String text) {
    return Arrays.stream(State.values())
        .filter(state -> state.text().equals(text))
        .findFirst()
        .orElseThrow(
            () ->
                new InvalidParameterException(
                    Arrays.stream(State.values())
                        .map(State::text)
                        .collect(Collectors.joining(", ", "must be one of ", ""))));
  }
}
