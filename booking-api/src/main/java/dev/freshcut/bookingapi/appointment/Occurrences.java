package dev.freshcut.bookingapi.appointment;

import dev.freshcut.bookingapi.security.Caller;
import dev.freshcut.bookingapi.slot.Refusal;
import dev.freshcut.bookingapi.slot.Schedules;
import dev.freshcut.bookingapi.write.Outcome;
import dev.freshcut.bookingapi.write.RowChanges;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The appointments of a series. */
@Component
public class Occurrences {
  private final JdbcClient database;
  private final AppointmentTable table;
  private final Schedules schedules;
  private final Clock clock;

  Occurrences(JdbcClient database, AppointmentTable table, Schedules schedules, Clock clock) {
    this.database = database;
    this.table = table;
    this.schedules = schedules;
    this.clock = clock;
  }

  /** By the dates that the series had planned for them, as the caller may see them. */
  public SortedMap<LocalDate, AppointmentView> of(Caller.User caller, long seriesId) {
    SortedMap<LocalDate, AppointmentView> found = new TreeMap<>();
    database
        .sql(
            "SELECT "
                + AppointmentRow.COLUMNS
                + ", a.series_date FROM appointments a WHERE a.series_id = ?")
        .param(seriesId)
        .query(
            row -> {
              found.put(
                  row.getObject("series_date", LocalDate.class),
                  AppointmentRow.map(row, row.getRow()).view(caller));
            });
    return found;
  }

  /**
   * Keeps others from changing them, so that the series itself can be locked next; their location,
   * as ever, first.
   */
  public void lock(long seriesId) {
    database
        .sql(
            """
            SELECT id FROM locations WHERE id = (SELECT location_id FROM series WHERE id = ?) FOR SHARE
            """)
        .param(seriesId)
        .query(Long.class)
        .optional();
    database
        .sql("SELECT id FROM appointments WHERE series_id = ? ORDER BY id FOR NO KEY UPDATE")
        .param(seriesId)
        .query(Long.class)
        .list();
  }

  /**
   * Cancels those that are yet to begin, from a planned date on. For clients all of them must be
   * outside of the cancellation window, or none is cancelled.
   */
  public Outcome<Integer, Refusal> cancel(
      Caller.User caller, long locationId, long seriesId, LocalDate from, RowChanges changes) {
    Instant now = clock.instant();
    List<AppointmentRow> open =
        from(seriesId, from).stream()
            .filter(row -> row.status().isOpen() && row.startsAt().isAfter(now))
            .toList();
    var policy = schedules.policy(locationId).orElseThrow();
    Optional<Refusal> tooNear =
        open.stream()
            .flatMap(row -> policy.changeRefusal(row.startsAt(), now, Desk.booker(caller)).stream())
            .findFirst();
    if (tooNear.isPresent()) {
      return Outcome.refused(tooNear.get());
    }
    Map<Long, String> cancelled =
        table.cancel(open.stream().map(AppointmentRow::id).toList(), caller.role());
    for (AppointmentRow before : open) {
      String after = Objects.requireNonNull(cancelled.get(before.id()), "it is locked");
      changes.updated(AppointmentTable.NAME, before.image(), after);
    }
    return Outcome.done(open.size());
  }

  private List<AppointmentRow> from(long seriesId, LocalDate from) {
    return database
        .sql(
            "SELECT "
                + AppointmentRow.COLUMNS
                + """
                 FROM appointments a WHERE a.series_id = ? AND a.series_date >= ?
                ORDER BY a.id FOR NO KEY UPDATE OF a
                """)
        .params(seriesId, from)
        .query(AppointmentRow::map)
        .list();
  }
}
