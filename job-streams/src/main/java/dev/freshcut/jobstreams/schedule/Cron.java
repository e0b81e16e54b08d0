package dev.freshcut.jobstreams.schedule;

import com.cronutils.model.CronType;
import com.cronutils.model.definition.CronDefinitionBuilder;
import com.cronutils.model.field.CronFieldName;
import com.cronutils.model.field.expression.Always;
import com.cronutils.model.time.ExecutionTime;
import com.cronutils.parser.CronParser;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.List;
import java.util.Optional;

/**
 * See {@link Timing#cron}. The library is asked for local times only, in a zone whose clock is
 * never changed; what the changes of the real zone's clock mean is decided here.
 */
final class Cron implements Timing {
  /** Where the latest firing is looked for, step by step. */
  private static final List<Duration> LOOKS =
      List.of(Duration.ofHours(1), Duration.ofDays(1), Duration.ofDays(31), Duration.ofDays(366));

  private final String expression;
  private final ZoneId zone;
  private final ExecutionTime times;
  private final boolean everyHour;

  Cron(String expression, ZoneId zone) {
    this.expression = expression;
    this.zone = zone;
    try {
      com.cronutils.model.Cron parsed =
          new CronParser(CronDefinitionBuilder.instanceDefinitionFor(CronType.UNIX))
              .parse(expression)
              .validate();
      this.times = ExecutionTime.forCron(parsed);
      this.everyHour = parsed.retrieve(CronFieldName.HOUR).getExpression() instanceof Always;
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "'" + expression + "' is not a cron expression of five fields: " + e.getMessage(), e);
    }
    // Fails for a day that does not exist.
    Instant unused = next(Instant.EPOCH);
  }

  @Override
  public Instant next(Instant after) {
    return everyHour ? nextByElapsedTime(after) : nextByLocalTime(after);
  }

  @Override
  public Optional<Instant> latest(Instant after, Instant until) {
    for (Duration look : LOOKS) {
      Instant from = until.minus(look);
      boolean all = !from.isAfter(after);
      Optional<Instant> latest = Optional.empty();
      Instant firing = next(all ? after : from);
      while (!firing.isAfter(until)) {
        latest = Optional.of(firing);
        firing = next(firing);
      }
      if (latest.isPresent() || all) {
        return latest;
      }
    }
    return Optional.of(next(after)).filter(firing -> !firing.isAfter(until));
  }

  @Override
  public String definition() {
    return "cron " + expression + " " + zone;
  }

  /** Local times follow one another; each is looked up on the zone's clock. */
  private Instant nextByLocalTime(Instant after) {
    LocalDateTime next = nextLocal(LocalDateTime.ofInstant(after, zone));
    while (!instant(next).isAfter(after)) {
      next = nextLocal(next);
    }
    return instant(next);
  }

  /** Between two changes of the clock, times follow one another as they elapse. */
  private Instant nextByElapsedTime(Instant after) {
    ZoneRules rules = zone.getRules();
    Instant from = after;
    ZoneOffset offset = rules.getOffset(after);
    ZoneOffsetTransition change = rules.nextTransition(after);
    Instant next = nextLocal(LocalDateTime.ofInstant(from, offset)).toInstant(offset);
    while (change != null && !next.isBefore(change.getInstant())) {
      from = change.getInstant().minusSeconds(1);
      offset = change.getOffsetAfter();
      change = rules.nextTransition(change.getInstant());
      next = nextLocal(LocalDateTime.ofInstant(from, offset)).toInstant(offset);
    }
    return next;
  }

  private LocalDateTime nextLocal(LocalDateTime after) {
    return times
        .nextExecution(after.atZone(ZoneOffset.UTC))
        .map(ZonedDateTime::toLocalDateTime)
        .orElseThrow(() -> new IllegalArgumentException("'" + expression + "' never fires"));
  }

  private Instant instant(LocalDateTime local) {
    ZoneOffsetTransition change = zone.getRules().getTransition(local);
    return change != null && change.isGap() ? change.getInstant() : local.atZone(zone).toInstant();
  }
}
