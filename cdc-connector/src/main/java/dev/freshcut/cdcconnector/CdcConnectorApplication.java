package dev.freshcut.cdcconnector;

import dev.freshcut.cdcconnector.lifecycle.LifecycleConfiguration;
import dev.freshcut.cdcconnector.settings.ConnectorSettings;
import java.util.Map;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Import;

/** The change connector as a service; its settings are in {@code cdc-connector.yml}. */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
@EnableConfigurationProperties(ConnectorSettings.class)
@Import(LifecycleConfiguration.class)
public class CdcConnectorApplication {
  /** Runs until the process is asked to end. */
  public static void main(String[] args) {
    builder().run(args);
  }

  /**
   * Starts the service in this JVM; it connects and streams in the background. Closing the context
   * stops it.
   *
   * @param properties settings that win over every other source
   */
  public static ConfigurableApplicationContext start(Map<String, Object> properties) {
    return builder()
        .run(
            properties.entrySet().stream()
                .map(property -> "--" + property.getKey() + "=" + property.getValue())
                .toArray(String[]::new));
  }

  /** Applications that share a JVM are kept apart by the name of their configuration. */
  private static SpringApplicationBuilder builder() {
    return new SpringApplicationBuilder(CdcConnectorApplication.class)
        .properties("spring.config.name=cdc-connector")
        .registerShutdownHook(true);
  }
}
