package dev.freshcut.bookingapi.security;

import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;
import org.springframework.security.crypto.argon2.Argon2PasswordEncoder;

/**
 * Argon2id with little memory and one pass, where what passwords cost is not what is tested. Only
 * in a service with {@link #SETTING}, which the component scan finds on the class path of tests
 * alone.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty(QuickPasswords.SETTING)
public class QuickPasswords {
  /** Whether; the tests' fixture says so unless it is told otherwise. */
  public static final String SETTING = "test.quick-passwords";

  @Bean
  @Primary
  Passwords cheap() {
    return new Passwords(new Argon2PasswordEncoder(16, 32, 1, 64, 1));
  }
}
