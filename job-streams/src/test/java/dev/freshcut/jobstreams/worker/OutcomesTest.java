package dev.freshcut.jobstreams.worker;

import static dev.freshcut.jobstreams.worker.WorkerFixture.PATIENCE;
import static dev.freshcut.jobstreams.worker.WorkerFixture.PLAIN;
import static dev.freshcut.jobstreams.worker.WorkerFixture.SEND;
import static dev.freshcut.jobstreams.worker.WorkerFixture.START;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.freshcut.jobstreams.JobListener;
import dev.freshcut.jobstreams.JobRequest;
import dev.freshcut.jobstreams.JobState;
import dev.freshcut.jobstreams.JobType;
import dev.freshcut.jobstreams.Outcome;
import dev.freshcut.jobstreams.RetryPolicy;
import dev.freshcut.jobstreams.store.JobRecord;
import dev.freshcut.jobstreams.worker.WorkerFixture.Parcel;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

/** What becomes of a job, by what its handler says. */
class OutcomesTest {
  private static final Instant MORNING = START.plus(Duration.ofHours(3));

  private final WorkerFixture fixture = new WorkerFixture();

  @AfterEach
  void stop() {
    fixture.close();
  }

  @Test
  void doneWithItsResult() {
    fixture.start(
        Handlers.builder().add(SEND, (parcel, context) -> Outcome.done("sent " + parcel.number())));
    JobRecord job = fixture.awaitState(fixture.enqueue(7), JobState.DONE);
    assertThat(job.result()).isEqualTo("sent 7");
    assertThat(job.attempts()).isEqualTo(1);
  }

  @Test
  void aResultThatIsTooLargeIsCut() {
    fixture.start(
        Handlers.builder().add(SEND, (parcel, context) -> Outcome.done("é".repeat(40_000))));
    JobRecord job = fixture.awaitState(fixture.enqueue(7), JobState.DONE);
    assertThat(job.result()).hasSize(Outcome.Done.LARGEST_RESULT / 3);
  }

  @Test
  void skippedKeepsTheReason() {
    fixture.start(Handlers.builder().add(SEND, (parcel, context) -> Outcome.skipped("returned")));
    assertThat(fixture.awaitState(fixture.enqueue(1), JobState.DONE).reason())
        .isEqualTo("returned");
  }

  @Test
  void failuresAreTriedAgainLaterAndLaterUntilTheAttemptsAreUsedUp() {
    AtomicInteger attempts = new AtomicInteger();
    fixture.start(
        Handlers.builder()
            .add(
                SEND,
                PLAIN,
                Handlers.TIMEOUT,
                (parcel, context) -> {
                  attempts.incrementAndGet();
                  throw new IOException("no van");
                }));
    String id = fixture.enqueue(1);
    assertThat(fixture.awaitState(id, JobState.SCHEDULED).dueAt()).isEqualTo(START.plusSeconds(60));
    fixture.clock.advance(Duration.ofMinutes(1));
    await().atMost(PATIENCE).until(() -> fixture.record(id).attempts() == 2);
    assertThat(fixture.awaitState(id, JobState.SCHEDULED).dueAt())
        .isEqualTo(START.plusSeconds(180));
    fixture.clock.advance(Duration.ofMinutes(2));
    JobRecord dead = fixture.awaitState(id, JobState.DEAD);
    assertThat(dead.reason()).isEqualTo("3 attempts: IOException: no van");
    assertThat(dead.events())
        .extracting(JobRecord.Event::what)
        .containsExactly("failed", "failed", "dead");
    assertThat(attempts).hasValue(3);
  }

  @Test
  void aHandlerMaySayWhen() {
    fixture.start(
        Handlers.builder()
            .add(SEND, (parcel, context) -> new Outcome.Retry("closed", Duration.ofHours(2))));
    assertThat(fixture.awaitState(fixture.enqueue(1), JobState.SCHEDULED).dueAt())
        .isEqualTo(START.plus(Duration.ofHours(2)));
  }

  @Test
  void whatNeverPassesIsDeadAtOnce() {
    RetryPolicy policy =
        new RetryPolicy(
            3, Duration.ofSeconds(1), Duration.ofHours(1), 0, List.of(IOException.class));
    fixture.start(
        Handlers.builder()
            .add(
                SEND,
                policy,
                Handlers.TIMEOUT,
                (parcel, context) -> {
                  if (parcel.number() == 1) {
                    throw new FileNotFoundException("label");
                  }
                  return Outcome.never("no such place");
                }));
    assertThat(fixture.awaitState(fixture.enqueue(1), JobState.DEAD).reason())
        .isEqualTo("FileNotFoundException: label");
    assertThat(fixture.awaitState(fixture.enqueue(2), JobState.DEAD).reason())
        .isEqualTo("no such place");
  }

  @Test
  void errorsAreFailuresToo() {
    fixture.start(
        Handlers.builder()
            .add(
                SEND,
                (parcel, context) -> {
                  throw new StackOverflowError();
                }));
    fixture.awaitState(fixture.enqueue(1), JobState.SCHEDULED);
  }

  @Test
  @SuppressWarnings("NullAway")
  void nothingAtAllIsAFailureToo() {
    fixture.start(Handlers.builder().add(SEND, (parcel, context) -> null));
    assertThat(fixture.awaitState(fixture.enqueue(1), JobState.SCHEDULED).reason())
        .isEqualTo("NullPointerException: its handler returned null");
  }

  @Test
  @SuppressWarnings("NullAway")
  void givingUpForNoReasonIsAFailureOfTheHandler() {
    fixture.start(
        Handlers.builder()
            .add(
                SEND,
                PLAIN.withAttempts(1),
                Handlers.TIMEOUT,
                (parcel, context) ->
                    parcel.number() == 1 ? Outcome.never(null) : Outcome.skipped(null)));
    assertThat(fixture.awaitState(fixture.enqueue(1), JobState.DEAD).reason())
        .contains("given up for no reason");
    assertThat(fixture.awaitState(fixture.enqueue(2), JobState.DEAD).reason())
        .contains("skipped for no reason");
  }

  @Test
  void whatCantBeJudgedUsesAttemptsUp() {
    RuntimeException unspeakable =
        new RuntimeException() {
          private static final long serialVersionUID = 1L;

          @Override
          public String getMessage() {
            throw new LinkageError("as the test wants");
          }
        };
    fixture.start(
        Handlers.builder()
            .add(
                SEND,
                PLAIN.withAttempts(2),
                Handlers.TIMEOUT,
                (parcel, context) -> {
                  throw unspeakable;
                }));
    String id = fixture.enqueue(1);
    fixture.awaitState(id, JobState.SCHEDULED);
    fixture.clock.advance(Duration.ofMinutes(1));
    assertThat(fixture.awaitState(id, JobState.DEAD).reason())
        .isEqualTo("could not be judged: LinkageError");
  }

  @Test
  void throttlingHoldsTheWholeQueueAndCountsNoAttempt() {
    AtomicInteger calls = new AtomicInteger();
    fixture.start(
        Handlers.builder()
            .add(
                SEND,
                (parcel, context) ->
                    calls.incrementAndGet() == 1
                        ? new Outcome.Throttled("421", Duration.ofMinutes(5))
                        : Outcome.done()));
    String first = fixture.enqueue(1);
    assertThat(fixture.awaitState(first, JobState.SCHEDULED).attempts()).isZero();
    String second = fixture.enqueue(2);
    assertThat(fixture.flaky.store.status("parcels").held())
        .isEqualTo(START.plus(Duration.ofMinutes(5)));
    assertThat(fixture.record(second).state()).isEqualTo(JobState.READY);
    fixture.clock.advance(Duration.ofMinutes(5));
    assertThat(fixture.awaitState(first, JobState.DONE).attempts()).isEqualTo(1);
    fixture.awaitState(second, JobState.DONE);
  }

  @Test
  void postponingIsNoAttemptAndHoldsNobodyElseUp() {
    fixture.start(
        Handlers.builder()
            .add(
                SEND,
                PLAIN.withAttempts(1),
                Handlers.TIMEOUT,
                (parcel, context) ->
                    parcel.number() == 1 && fixture.clock.instant().isBefore(MORNING)
                        ? new Outcome.Postponed("night", Duration.ofHours(1))
                        : Outcome.done()));
    String early = fixture.enqueue(1);
    for (Instant next = START.plus(Duration.ofHours(1));
        !next.isAfter(MORNING);
        next = next.plus(Duration.ofHours(1))) {
      Instant due = next;
      await().atMost(PATIENCE).until(() -> fixture.record(early).dueAt().equals(due));
      assertThat(fixture.awaitState(early, JobState.SCHEDULED).attempts()).isZero();
      fixture.awaitState(fixture.enqueue(2), JobState.DONE);
      fixture.clock.advance(Duration.ofHours(1));
    }
    JobRecord done = fixture.awaitState(early, JobState.DONE);
    assertThat(done.attempts()).isEqualTo(1);
    assertThat(fixture.ends)
        .containsOnly(JobListener.End.POSTPONED, JobListener.End.DONE)
        .filteredOn(JobListener.End.POSTPONED::equals)
        .hasSize(3);
    assertThat(done.events())
        .extracting(event -> event.what() + ": " + event.detail())
        .containsExactly("postponed: night", "postponed: night", "postponed: night");
  }

  @Test
  @SuppressWarnings("NullAway")
  void postponingNeedsAReasonAndAWaitWithinBounds() {
    assertThatThrownBy(() -> new Outcome.Postponed(null, Duration.ofHours(1)))
        .hasMessage("postponed for no reason");
    for (Duration wait : List.of(Duration.ZERO, Duration.ofHours(-1), Duration.ofDays(367))) {
      assertThatThrownBy(() -> new Outcome.Postponed("night", wait))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("postponed for " + wait + ": from 1 ms to 366 days");
    }
  }

  @Test
  void timeRunsOut() throws Exception {
    CountDownLatch never = new CountDownLatch(1);
    fixture.start(
        Handlers.builder()
            .add(
                SEND,
                PLAIN,
                Duration.ofMillis(50),
                (parcel, context) -> {
                  never.await();
                  return Outcome.done();
                }));
    String id = fixture.enqueue(1);
    assertThat(fixture.awaitState(id, JobState.SCHEDULED).reason())
        .isEqualTo("timed out after PT0.05S");
  }

  @Test
  void whatIsDoneInSpiteOfItsTimeIsDone() {
    fixture.start(
        Handlers.builder()
            .add(
                SEND,
                PLAIN,
                Duration.ofMillis(50),
                (parcel, context) -> {
                  try {
                    new CountDownLatch(1).await();
                  } catch (InterruptedException e) {
                    assertThat(context.cancelled()).isTrue();
                  }
                  return Outcome.done();
                }));
    fixture.awaitState(fixture.enqueue(1), JobState.DONE);
  }

  @Test
  void aKindThatIsUnknownIsLeftToOthersForADay() {
    fixture.start(Handlers.builder());
    String id = fixture.enqueue(1);
    JobRecord waits = fixture.awaitState(id, JobState.SCHEDULED);
    assertThat(waits.attempts()).isZero();
    assertThat(waits.dueAt()).isEqualTo(START.plusSeconds(30));
    fixture.clock.advance(Duration.ofDays(1).plusSeconds(1));
    assertThat(fixture.awaitState(id, JobState.DEAD).reason())
        .isEqualTo("no worker knows send version 1");
  }

  @Test
  void aNewerPayloadIsLeftToOthersAnOlderOneIsUpgraded() {
    record Old(String no) {}
    JobType<Old> first = new JobType<>("parcels", "send", 1, Old.class);
    JobType<Parcel> second = new JobType<>("parcels", "send", 2, Parcel.class);
    JobType<Parcel> third = new JobType<>("parcels", "send", 3, Parcel.class);
    fixture.start(
        Handlers.builder()
            .add(
                second,
                PLAIN,
                Handlers.TIMEOUT,
                Map.of(
                    1,
                    old ->
                        ((ObjectNode) old.deepCopy())
                            .put("number", Integer.parseInt(old.get("no").asString()))),
                (parcel, context) -> Outcome.done("number " + parcel.number())));
    String older = fixture.jobs.enqueue(JobRequest.of(first, new Old("5"))).id();
    String newer = fixture.jobs.enqueue(JobRequest.of(third, new Parcel(6))).id();
    assertThat(fixture.awaitState(older, JobState.DONE).result()).isEqualTo("number 5");
    fixture.awaitState(newer, JobState.SCHEDULED);
  }

  @Test
  void anUnreadablePayloadIsDeadAtOnce() {
    record Other(String number) {}
    JobType<Other> other = JobType.of("parcels", "send", Other.class);
    fixture.start(Handlers.builder().add(SEND, (parcel, context) -> Outcome.done()));
    String id = fixture.jobs.enqueue(JobRequest.of(other, new Other("Ada Byron"))).id();
    assertThat(fixture.awaitState(id, JobState.DEAD).reason())
        .startsWith("payload of job type send is unreadable: InvalidFormatException at ")
        .contains("number")
        .doesNotContain("Ada");
  }
}
