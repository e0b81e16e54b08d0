package dev.freshcut.benchmarks;

import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.security.autoconfigure.actuate.web.servlet.ManagementWebSecurityAutoConfiguration;
import org.springframework.boot.security.autoconfigure.web.servlet.ServletWebSecurityAutoConfiguration;

/** What all applications that run in this JVM are told. */
public final class Applications {
  private Applications() {}

  /** Any free port, and to this machine alone. */
  public static Map<String, Object> common() {
    Map<String, Object> settings = new HashMap<>();
    settings.put("server.address", "127.0.0.1");
    settings.put("server.port", 0);
    settings.put("spring.lifecycle.timeout-per-shutdown-phase", "3s");
    return settings;
  }

  /** For applications that would otherwise configure the API's libraries, which they find here. */
  public static Map<String, Object> withoutDatabase() {
    Map<String, Object> settings = common();
    settings.put("springdoc.api-docs.enabled", false);
    settings.put(
        "spring.autoconfigure.exclude",
        Stream.of(
                DataSourceAutoConfiguration.class,
                FlywayAutoConfiguration.class,
                ServletWebSecurityAutoConfiguration.class,
                ManagementWebSecurityAutoConfiguration.class)
            .map(Class::getName)
            .collect(Collectors.joining(",")));
    return settings;
  }
}
