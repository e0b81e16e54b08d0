package dev.freshcut.notificationworker.reminder;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshcut.jobstreams.JobRequest;
import dev.freshcut.jobstreams.Plan;
import dev.freshcut.notificationworker.sending.Channel;
import dev.freshcut.notificationworker.state.AppointmentState;
import dev.freshcut.notificationworker.state.Audience;
import dev.freshcut.notificationworker.timing.QuietHours;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReminderPlannerTest {
  private static final Instant NOW = Instant.parse("2026-06-09T12:00:00Z");
  private static final Instant STARTS_AT = Instant.parse("2026-06-10T11:00:00Z");
  private static final Audience AUDIENCE = audience(true, null);

  /** Ids of jobs that wait, with their queue. */
  private final Set<String> waiting = new HashSet<>();

  private final ReminderPlanner planner =
      new ReminderPlanner(
          Clock.fixed(NOW, ZoneOffset.UTC),
          Duration.ofDays(14),
          (queue, id) -> waiting.contains(queue + " " + id));

  /** Reminded a day and two hours before, at any hour. */
  private static Audience audience(boolean email, @Nullable Instant smsSince) {
    QuietHours none = new QuietHours(LocalTime.NOON, LocalTime.NOON);
    return new Audience(ZoneOffset.UTC, email, smsSince, List.of(1_440, 120), none);
  }

  private static AppointmentState state(Instant startsAt) {
    return new AppointmentState(7, "confirmed", startsAt, AUDIENCE);
  }

  private List<Integer> minutes(@Nullable AppointmentState state, @Nullable Instant since) {
    return minutes(planner.plan(7, state, Channel.EMAIL, 1, since));
  }

  private static List<Integer> minutes(Plan plan) {
    return plan.jobs().stream().map(job -> ((ReminderJob) job.payload()).minutes()).toList();
  }

  private static String id(int minutes) {
    return "reminder:7:" + STARTS_AT.getEpochSecond() + ":" + minutes + ":email";
  }

  @Test
  void aJobForEachReminder() {
    Plan plan = planner.plan(7, state(STARTS_AT), Channel.EMAIL, 42, NOW.minusSeconds(7_200));
    assertThat(plan.queue()).isEqualTo("email");
    assertThat(plan.group()).isEqualTo("appointment:7");
    assertThat(plan.stamp()).isEqualTo(42);
    assertThat(plan.jobs()).extracting(JobRequest::id).containsExactly(id(1_440), id(120));
    JobRequest<?> last = plan.jobs().getLast();
    assertThat(last.payload()).isEqualTo(new ReminderJob(7, STARTS_AT, 120));
    assertThat(last.runAt()).isEqualTo(STARTS_AT.minus(Duration.ofHours(2)));
    assertThat(last.deadline()).isEqualTo(STARTS_AT);
  }

  /** The reminder of the day before was due at eleven, an hour ago. */
  @ParameterizedTest
  @CsvSource({
    // It became so before: late, and still to be sent.
    "2026-06-09T10:59:59Z, true",
    // It was due already when it became so.
    "2026-06-09T11:00:00Z, false",
    "2026-06-09T11:30:00Z, false",
  })
  void whatWasDueBeforeItBecameSoIsNone(Instant since, boolean wanted) {
    assertThat(minutes(state(STARTS_AT), since))
        .isEqualTo(wanted ? List.of(1_440, 120) : List.of(120));
  }

  /** A plan for changed settings keeps what is late, and makes nothing that would be. */
  @Test
  void whatWasDueIsKeptIfItStillWaits() {
    assertThat(minutes(state(STARTS_AT), null)).containsExactly(120);
    waiting.add("sms " + id(1_440));
    assertThat(minutes(state(STARTS_AT), null)).containsExactly(120);
    waiting.add("email " + id(1_440));
    assertThat(minutes(state(STARTS_AT), null)).containsExactly(1_440, 120);
  }

  @Test
  void whatIsDueNowIsDue() {
    Instant inADay = NOW.plus(Duration.ofDays(1));
    assertThat(minutes(state(inADay), null)).containsExactly(120);
    assertThat(minutes(state(inADay.plusMillis(1)), null)).containsExactly(1_440, 120);
  }

  @ParameterizedTest
  @ValueSource(strings = {"pending", "cancelled", "held", "completed"})
  void whatIsNotConfirmedIsNotRemindedOf(String status) {
    assertThat(minutes(new AppointmentState(7, status, STARTS_AT, AUDIENCE), NOW)).isEmpty();
  }

  @Test
  void nobodyIsRemindedOfWhatHasBegunOrIsGone() {
    assertThat(minutes(state(NOW), Instant.EPOCH)).isEmpty();
    assertThat(minutes(null, Instant.EPOCH)).isEmpty();
    AppointmentState anonymous = new AppointmentState(7, "confirmed", STARTS_AT, null);
    assertThat(minutes(anonymous, Instant.EPOCH)).isEmpty();
  }

  @Test
  void nobodyIsRemindedInAWayThatSheDoesNotWant() {
    AppointmentState noEmail =
        new AppointmentState(7, "confirmed", STARTS_AT, audience(false, NOW));
    assertThat(minutes(noEmail, Instant.EPOCH)).isEmpty();
    assertThat(minutes(planner.plan(7, noEmail, Channel.SMS, 1, Instant.EPOCH)))
        .containsExactly(1_440, 120);
    assertThat(planner.plan(7, state(STARTS_AT), Channel.SMS, 1, Instant.EPOCH).jobs()).isEmpty();
  }
}
