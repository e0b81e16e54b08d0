package dev.freshcut.notificationworker.notice;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshcut.notificationworker.event.Event;
import dev.freshcut.notificationworker.event.EventRule;
import dev.freshcut.notificationworker.reading.AppointmentImage;
import dev.freshcut.notificationworker.reading.Fact.AppointmentChanged;
import dev.freshcut.notificationworker.reading.Fact.Commit;
import dev.freshcut.notificationworker.reading.Fact.WishChanged;
import dev.freshcut.notificationworker.reading.WishImage;
import dev.freshcut.notificationworker.sending.Channel;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NoticeRuleTest {
  private static final Instant COMMITTED = Instant.parse("2026-06-01T10:00:00Z");
  private static final Instant NINE = Instant.parse("2026-06-09T09:00:00Z");

  private static AppointmentImage row(
      String status, Instant startsAt, long barber, long service, long version) {
    return new AppointmentImage(
        7, 1, barber, service, 3L, startsAt, startsAt.plusSeconds(1_800), status, version);
  }

  private static AppointmentImage row(String status) {
    return row(status, NINE, 1, 1, 2);
  }

  private static AppointmentChanged change(
      @Nullable AppointmentImage before, @Nullable AppointmentImage after) {
    return new AppointmentChanged(before, after, false, new Commit(5, COMMITTED));
  }

  private static String kind(AppointmentChanged change) {
    return NoticeRule.of(change).map(notice -> notice.kind().text()).orElse("");
  }

  private static List<String> events(AppointmentChanged change) {
    return EventRule.of(change).stream().map(Event::name).toList();
  }

  @ParameterizedTest
  @CsvSource({
    ", held, '', ''",
    ", pending, requested, appointment.created",
    ", confirmed, confirmed, appointment.created",
    ", cancelled, '', ''",
    "held, pending, requested, appointment.created",
    "held, confirmed, confirmed, appointment.created",
    "held, expired, '', ''",
    "held, held, '', ''",
    "pending, confirmed, confirmed, appointment.confirmed",
    "pending, cancelled, cancelled, appointment.cancelled",
    "pending, pending, '', ''",
    "confirmed, confirmed, '', ''",
    "confirmed, cancelled, cancelled, appointment.cancelled",
    "confirmed, completed, '', appointment.completed",
    "confirmed, no_show, '', appointment.no_show",
    "confirmed, , '', ''",
  })
  void whatIsToldOfEachTransition(
      @Nullable String before, @Nullable String after, String notice, String event) {
    AppointmentChanged change =
        change(before == null ? null : row(before), after == null ? null : row(after));
    assertThat(kind(change)).isEqualTo(notice);
    assertThat(String.join(",", events(change))).isEqualTo(event);
  }

  @Test
  void anotherTimeBarberOrServiceIsToldOf() {
    for (String status : List.of("pending", "confirmed")) {
      for (AppointmentImage after :
          List.of(
              row(status, NINE.plusSeconds(900), 1, 1, 3),
              row(status, NINE, 2, 1, 3),
              row(status, NINE, 1, 2, 3))) {
        AppointmentChanged change = change(row(status), after);
        assertThat(kind(change)).isEqualTo("moved");
        assertThat(events(change)).containsExactly("appointment.moved");
      }
    }
  }

  @Test
  void confirmedAtAnotherTimeIsOneNoticeAndTwoEvents() {
    AppointmentChanged change =
        change(row("pending"), row("confirmed", NINE.plusSeconds(900), 1, 1, 3));
    assertThat(kind(change)).isEqualTo("confirmed");
    assertThat(events(change)).containsExactly("appointment.confirmed", "appointment.moved");
  }

  @Test
  void thePastIsNotToldOfToCustomers() {
    AppointmentChanged change = change(null, row("confirmed", COMMITTED, 1, 1, 1));
    assertThat(kind(change)).isEmpty();
    assertThat(events(change)).containsExactly("appointment.created");
  }

  @Test
  void whatASnapshotReadsIsNoNews() {
    AppointmentChanged change =
        new AppointmentChanged(null, row("confirmed"), true, new Commit(5, COMMITTED));
    assertThat(kind(change)).isEmpty();
    assertThat(events(change)).isEmpty();
  }

  @Test
  void idsNameTheRowsVersion() {
    NoticeJob notice = NoticeRule.of(change(null, row("confirmed", NINE, 1, 1, 42))).orElseThrow();
    assertThat(notice.id(Channel.SMS)).isEqualTo("confirmed:7:42:sms");
    assertThat(notice.asLeft()).isEqualTo(new NoticeJob.AsLeft(NINE, 1, 1, false));
    assertThat(notice.committedAt()).isEqualTo(COMMITTED);
  }

  @ParameterizedTest
  @CsvSource({"pending, false", "confirmed, true"})
  void whatIsCancelledMayBeInCalendars(String before, boolean wasConfirmed) {
    NoticeJob notice = NoticeRule.of(change(row(before), row("cancelled"))).orElseThrow();
    assertThat(notice.asLeft()).isEqualTo(new NoticeJob.AsLeft(NINE, 1, 1, wasConfirmed));
  }

  @ParameterizedTest
  @CsvSource({
    ", waiting, false",
    "waiting, offered, true",
    "offered, offered, false",
    "offered, accepted, false",
    "offered, expired, false",
  })
  void offers(@Nullable String before, String after, boolean told) {
    WishChanged change =
        new WishChanged(
            before == null ? null : wish(before), wish(after), new Commit(5, COMMITTED));
    assertThat(NoticeRule.of(change).isPresent()).isEqualTo(told);
    assertThat(EventRule.of(change)).hasSize(told ? 1 : 0);
  }

  private static WishImage wish(String state) {
    return new WishImage(9, 1, null, 1, 3, state, 12L, 2);
  }
}
