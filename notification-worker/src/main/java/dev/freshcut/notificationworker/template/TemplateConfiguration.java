package dev.freshcut.notificationworker.template;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The texts, read once. */
@Configuration(proxyBeanMethods = false)
public class TemplateConfiguration {
  @Bean
  Texts texts() {
    return new Texts();
  }
}
