package dev.freshcut.notificationworker;

import dev.freshcut.notificationworker.consuming.ConsumingConfiguration;
import dev.freshcut.notificationworker.email.EmailConfiguration;
import dev.freshcut.notificationworker.operations.DeliveringConfiguration;
import dev.freshcut.notificationworker.operations.NotificationConfiguration;
import dev.freshcut.notificationworker.operations.QueueConfiguration;
import dev.freshcut.notificationworker.planning.PlanningConfiguration;
import dev.freshcut.notificationworker.settings.NotificationSettings;
import dev.freshcut.notificationworker.sms.SmsConfiguration;
import dev.freshcut.notificationworker.template.TemplateConfiguration;
import dev.freshcut.notificationworker.webhook.WebhookConfiguration;
import java.util.Map;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Import;

/** The notification worker as a service; its settings are in {@code notification-worker.yml}. */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
@EnableConfigurationProperties(NotificationSettings.class)
@Import({
  NotificationConfiguration.class,
  QueueConfiguration.class,
  PlanningConfiguration.class,
  ConsumingConfiguration.class,
  DeliveringConfiguration.class,
  TemplateConfiguration.class,
  EmailConfiguration.class,
  SmsConfiguration.class,
  WebhookConfiguration.class
})
public class NotificationWorkerApplication {
  /** Runs until the process is asked to end. */
  public static void main(String[] args) {
    builder().run(args);
  }

  /**
   * Starts the service in this JVM; it connects and works in the background. Closing the context
   * stops it.
   *
   * @param settings win over every other source
   */
  public static ConfigurableApplicationContext start(Map<String, Object> settings) {
    return builder()
        .run(
            settings.entrySet().stream()
                .map(setting -> "--" + setting.getKey() + "=" + setting.getValue())
                .toArray(String[]::new));
  }

  /** Applications that share a JVM are kept apart by the name of their configuration. */
  private static SpringApplicationBuilder builder() {
    return new SpringApplicationBuilder(NotificationWorkerApplication.class)
        .properties("spring.config.name=notification-worker");
  }
}
