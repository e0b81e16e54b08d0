package dev.freshcut.bookingapi;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Primary;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/**
 * Stands still, so that a test does not depend on when it runs. Only in a service with {@link
 * #SETTING}, which the component scan finds on the class path of tests alone.
 */
@Component
@Primary
@ConditionalOnProperty(TestClock.SETTING)
public class TestClock extends Clock {
  /** The time: {@code new ApiFixture(Map.of(TestClock.SETTING, "2026-11-20T12:00:00Z"))}. */
  public static final String SETTING = "test.now";

  private final Instant now;

  TestClock(Environment environment) {
    this.now = Instant.parse(environment.getRequiredProperty(SETTING));
  }

  @Override
  public ZoneId getZone() {
    return ZoneOffset.UTC;
  }

  @Override
  public Clock withZone(ZoneId zone) {
    return Clock.fixed(now, zone);
  }

  @Override
  public Instant instant() {
    return now;
  }
}
