package dev.freshcut.notificationworker.event;

import dev.freshcut.jobstreams.JobRequest;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Makes jobs of events: one for each webhook that asks for them. */
public final class EventPlanner {
  private final JdbcClient jdbc;
  private final Duration remember;

  /**
   * Makes a planner.
   *
   * @param remember how long a delivery's id counts after its end
   */
  public EventPlanner(JdbcClient jdbc, Duration remember) {
    this.jdbc = jdbc;
    this.remember = remember;
  }

  /** The deliveries, by whom is subscribed now and was when the event occurred. */
  public List<JobRequest<DeliveryJob>> requests(Collection<Event> events) {
    if (events.isEmpty()) {
      return List.of();
    }
    Long[] locations =
        events.stream().map(event -> event.data().locationId()).distinct().toArray(Long[]::new);
    List<Webhook> webhooks =
        jdbc.sql(
                """
                SELECT id, location_id, events, created_at FROM webhooks
                  WHERE enabled AND location_id = ANY(?) ORDER BY id
                """)
            .param(locations)
            .query(EventPlanner::webhook)
            .list();
    return events.stream()
        .flatMap(
            event ->
                webhooks.stream()
                    .filter(webhook -> webhook.wants(event))
                    .map(webhook -> request(new DeliveryJob(webhook.id(), event))))
        .toList();
  }

  private JobRequest<DeliveryJob> request(DeliveryJob job) {
    return JobRequest.of(DeliveryJob.TYPE, job).withId(job.id(), remember);
  }

  private static Webhook webhook(ResultSet row, int number) throws SQLException {
    return new Webhook(
        row.getLong("id"),
        row.getLong("location_id"),
        Set.copyOf(List.of((String[]) row.getArray("events").getArray())),
        row.getObject("created_at", OffsetDateTime.class).toInstant());
  }
}
