package dev.freshcut.bookingapi;

import com.zaxxer.hikari.HikariDataSource;
import java.time.Duration;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * The time-outs of the pool's connections, from the settings. Migrations have a connection of their
 * own, and none of these.
 */
@Configuration(proxyBeanMethods = false)
class DatabaseTimeouts {
  /** PostgreSQL ends the statement; the socket only has to end when PostgreSQL cannot. */
  private static final Duration NETWORK = Duration.ofSeconds(10);

  @Bean
  static BeanPostProcessor databaseTimeoutsOfThePool(ObjectProvider<BookingSettings> settings) {
    return new BeanPostProcessor() {
      @Override
      public Object postProcessBeforeInitialization(Object bean, String name) {
        if (bean instanceof HikariDataSource pool) {
          limit(pool, settings.getObject());
        }
        return bean;
      }
    };
  }

  static void limit(HikariDataSource pool, BookingSettings settings) {
    long statement = settings.statementTimeout().toMillis();
    pool.setConnectionInitSql(
        """
        SET statement_timeout = %d;
        SET idle_in_transaction_session_timeout = %d;
        SET lock_timeout = %d"""
            .formatted(statement, statement, settings.lockTimeout().toMillis()));
    // In whole seconds, as the driver has it.
    pool.addDataSourceProperty(
        "socketTimeout", settings.statementTimeout().plus(NETWORK).toSeconds());
  }
}
