package dev.freshcut.bookingapi;

import java.util.Map;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.context.ConfigurableApplicationContext;

/** The booking REST API. Its settings and their defaults are in {@code booking-api.yml}. */
@SpringBootApplication(proxyBeanMethods = false)
@ConfigurationPropertiesScan
public class BookingApiApplication {
  /** The base name of its settings file, distinct because several services may share a JVM. */
  private static final String CONFIG_NAME = "spring.config.name=booking-api";

  /** Starts the service; settings come from the environment and from {@code --name=value}. */
  public static void main(String[] args) {
    application().run(args);
  }

  /**
   * Starts the service inside this JVM and returns once it answers requests. The caller closes the
   * context.
   *
   * @param settings take precedence over {@code booking-api.yml} and over the environment
   * @throws RuntimeException if it cannot start; nothing is left running then
   */
  public static ConfigurableApplicationContext start(Map<String, Object> settings) {
    String[] arguments =
        settings.entrySet().stream()
            .map(setting -> "--" + setting.getKey() + "=" + setting.getValue())
            .toArray(String[]::new);
    return application().run(arguments);
  }

  private static SpringApplication application() {
    return new SpringApplicationBuilder(BookingApiApplication.class)
        .properties(CONFIG_NAME)
        .build();
  }
}
