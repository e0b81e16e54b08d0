package dev.freshcut.notificationworker.event;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshcut.embeddedstack.TestServers;
import dev.freshcut.jobstreams.Enqueued;
import dev.freshcut.jobstreams.JobListener;
import dev.freshcut.jobstreams.JobRequest;
import dev.freshcut.jobstreams.Jobs;
import dev.freshcut.jobstreams.Outcome;
import dev.freshcut.jobstreams.Plan;
import dev.freshcut.jobstreams.client.Payloads;
import dev.freshcut.jobstreams.client.StoredJobs;
import dev.freshcut.jobstreams.memory.MemoryJobStore;
import dev.freshcut.jobstreams.store.StoreUnavailableException;
import dev.freshcut.notificationworker.TestAttempt;
import dev.freshcut.notificationworker.TestDatabase;
import dev.freshcut.notificationworker.dispatch.Patient;
import dev.freshcut.notificationworker.sending.SendResult;
import dev.freshcut.notificationworker.sending.WebhookDelivery;
import dev.freshcut.notificationworker.sending.WebhookSender;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/** What a delivery comes to where the database or the queues are away at the worst moment. */
class DeliveryHandlerIT {
  private static final TestServers SERVERS = TestServers.shared();
  private static final Duration REMEMBER = Duration.ofDays(14);

  private final Clock clock = Clock.systemUTC();
  private final TestDatabase database =
      new TestDatabase(SERVERS.postgres(), SERVERS.freshDatabase());
  private final AwaySource source = new AwaySource(database.worker());
  private final Deliveries deliveries = new Deliveries(JdbcClient.create(source), clock);
  private final FlakyJobs jobs = new FlakyJobs();
  private final Receiver receiver = new Receiver();
  private final Patient<DeliveryJob> handler =
      new Patient<>(new DeliveryHandler(deliveries, receiver, jobs, REMEMBER, clock));
  private final long location = database.location("Fade", "UTC");
  private final long webhook = webhook();
  private final DeliveryJob job = job(webhook, 42);

  private long webhook() {
    return database
        .sql()
        .sql(
            """
            INSERT INTO webhooks (location_id, url, events, secret)
              VALUES (?, 'https://example.org/hook', '{appointment.created}', '\\x0102')
              RETURNING id
            """)
        .param(location)
        .query(Long.class)
        .single();
  }

  private DeliveryJob job(long of, long appointment) {
    return new DeliveryJob(
        of,
        new Event(
            "appointment.created",
            appointment,
            clock.instant(),
            new WebhookDelivery.Data(
                null, appointment, location, 1L, 2, 3L, null, null, "confirmed", 1)));
  }

  private Outcome first(DeliveryJob of) throws Exception {
    return handler.run(of, TestAttempt.of(of.id(), 1));
  }

  private Outcome attempt(int number) throws Exception {
    return attempt(number, false);
  }

  private Outcome attempt(int number, boolean cancelled) throws Exception {
    return handler.run(job, new TestAttempt(job.id(), number, () -> cancelled));
  }

  private String ledger() {
    return database
        .sql()
        .sql(
            "SELECT concat_ws(' ', state, attempts, last_status, last_error) FROM webhook_deliveries")
        .query(String.class)
        .single();
  }

  @Test
  void whatArrivedIsNotPostedAgainWhileTheDatabaseIsAway() throws Exception {
    receiver.answers(
        () -> {
          source.away.set(2);
          return new WebhookSender.Answer(new SendResult.Sent(null), 204);
        });

    assertThat(attempt(1)).isEqualTo(Outcome.done());

    assertThat(ledger()).isEqualTo("delivered 1 204");
  }

  @Test
  void whatArrivedIsDoneThoughItsTimeEnds() throws Exception {
    receiver.answers(
        () -> {
          source.away.set(Integer.MAX_VALUE);
          return new WebhookSender.Answer(new SendResult.Sent(null), 200);
        });

    assertThat(attempt(1, true)).isEqualTo(Outcome.done());
    assertThat(ledger()).isEqualTo("sending 1");
  }

  @Test
  void givingUpWaitsForTheQueues() throws Exception {
    receiver.answers(500);
    jobs.away = true;

    assertThat(attempt(DeliveryHandler.ATTEMPTS)).isInstanceOf(Outcome.Throttled.class);
    assertThat(ledger()).startsWith("sending 1");

    jobs.away = false;
    assertThat(attempt(DeliveryHandler.ATTEMPTS)).isInstanceOf(Outcome.Never.class);
    assertThat(ledger()).isEqualTo("failed 2 500 answered 500");
    assertThat(jobs.taken).isEqualTo(List.of("disabled:" + job.id()));
  }

  /** As when the database is away between the two, and comes back to the owners' job first. */
  @Test
  void ownersAreToldThoughTheirJobIsEarly() throws Exception {
    owner();
    receiver.answers(() -> new WebhookSender.Answer(new SendResult.Gone("answered 410"), 410));
    DisabledHandler disabled = new DisabledHandler(deliveries, jobs, REMEMBER);
    DisabledJob told = new DisabledJob(webhook, job.id());
    TestAttempt context = TestAttempt.of(told.id(), 1);
    jobs.then = () -> source.away.set(1);

    assertThat(attempt(1)).isInstanceOf(Outcome.Throttled.class);
    assertThat(disabled.run(told, context)).isInstanceOf(Outcome.Retry.class);

    jobs.then = () -> {};
    assertThat(attempt(1)).isInstanceOf(Outcome.Never.class);
    assertThat(disabled.run(told, context)).isEqualTo(Outcome.done("1 owners"));
    assertThat(jobs.taken.getLast()).startsWith("webhook_disabled:" + webhook + ":");
  }

  /** The database knows more zones than this runtime. */
  @Test
  void ownersAreToldThoughTheirZoneIsUnknown() throws Exception {
    owner();
    database.sql().sql("ALTER TABLE locations DISABLE TRIGGER locations_check_time_zone").update();
    database.sql().sql("UPDATE locations SET time_zone = 'Moon/Tycho'").update();
    receiver.answers(() -> new WebhookSender.Answer(new SendResult.Gone("answered 410"), 410));
    assertThat(attempt(1)).isInstanceOf(Outcome.Never.class);

    assertThat(
            new DisabledHandler(deliveries, jobs, REMEMBER)
                .run(new DisabledJob(webhook, job.id()), TestAttempt.of("disabled", 1)))
        .isEqualTo(Outcome.done("1 owners"));
  }

  /** What the database lets somebody write. */
  @Test
  void webhookThatNamesAnEventTwiceGetsItOnce() {
    database
        .sql()
        .sql("UPDATE webhooks SET events = events || events, created_at = '2026-01-01'")
        .update();
    assertThat(
            new EventPlanner(JdbcClient.create(database.worker()), REMEMBER)
                .requests(List.of(job.event())))
        .extracting(request -> request.payload().webhookId())
        .containsExactly(webhook);
  }

  @Test
  void whatThereIsNoRoomForIsNoFailure() throws Exception {
    receiver.answers(
        () ->
            WebhookSender.Answer.none(
                new SendResult.NotYet("too many names", Duration.ofSeconds(15))));

    assertThat(attempt(DeliveryHandler.ATTEMPTS))
        .isEqualTo(new Outcome.Postponed("too many names", Duration.ofSeconds(15)));
    assertThat(ledger()).isEqualTo("sending 1 too many names");
  }

  /** A webhook's owner turned it off while its delivery was tried: nothing will decide. */
  @Test
  void nobodyWaitsForWhatIsTurnedOff() throws Exception {
    receiver.answers(500);
    attempt(1);
    turnOff();

    assertThat(
            new DisabledHandler(deliveries, jobs, REMEMBER)
                .run(new DisabledJob(webhook, job.id()), TestAttempt.of("disabled", 1)))
        .isInstanceOf(Outcome.Skipped.class);
  }

  @Test
  void whatIsLeftWhenAWebhookIsTurnedOffIsSkipped() throws Exception {
    receiver.answers(500);
    assertThat(attempt(1)).isInstanceOf(Outcome.Retry.class);
    turnOff();

    assertThat(attempt(2)).isInstanceOf(Outcome.Skipped.class);

    assertThat(ledger()).isEqualTo("skipped 1 500 answered 500");
  }

  @Test
  void statusIsThatOfTheLastAttempt() throws Exception {
    receiver.answers(503);
    attempt(1);
    assertThat(ledger()).isEqualTo("sending 1 503 answered 503");
    receiver.answers(() -> WebhookSender.Answer.none(new SendResult.Temporary("no answer")));
    attempt(2);
    assertThat(ledger()).isEqualTo("sending 2 no answer");
    receiver.answers(799);
    attempt(3);
    assertThat(ledger()).as("no status of HTTP").isEqualTo("sending 3 answered 799");
  }

  @Test
  void aSlowWebhookTakesNoPlacesFromOthers() throws Exception {
    CountDownLatch asked = new CountDownLatch(Turns.AT_ONCE);
    CountDownLatch over = new CountDownLatch(1);
    receiver.answers(
        () -> {
          asked.countDown();
          try {
            over.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
          return new WebhookSender.Answer(new SendResult.Sent(null), 200);
        });
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Outcome>> slow = new ArrayList<>();
      try {
        for (int i = 0; i < Turns.AT_ONCE; i++) {
          DeliveryJob one = job(webhook, i);
          slow.add(threads.submit(() -> first(one)));
        }
        asked.await();
        receiver.answers(() -> new WebhookSender.Answer(new SendResult.Sent(null), 200));

        assertThat(first(job)).isInstanceOf(Outcome.Postponed.class);
        assertThat(first(job(webhook(), 1))).isEqualTo(Outcome.done());
      } finally {
        over.countDown();
      }
      for (Future<Outcome> each : slow) {
        assertThat(each.get()).isEqualTo(Outcome.done());
      }
    }
    assertThat(first(job)).isEqualTo(Outcome.done());
    assertThat(
            database
                .sql()
                .sql("SELECT attempts FROM webhook_deliveries WHERE id = ?")
                .param(job.id())
                .query(Integer.class)
                .single())
        .as("what waits for its turn is not begun")
        .isEqualTo(1);
  }

  private void turnOff() {
    database.sql().sql("UPDATE webhooks SET enabled = false").update();
  }

  private void owner() {
    database
        .sql()
        .sql(
            """
            WITH made AS (
              INSERT INTO users (role, location_id) VALUES ('owner', ?) RETURNING id)
            INSERT INTO user_identities (user_id, name, email)
              SELECT id, 'Owen', 'o@example.org' FROM made
            """)
        .param(location)
        .update();
  }

  /** Gives no connection for so many times. */
  private static final class AwaySource extends DelegatingDataSource {
    private final AtomicInteger away = new AtomicInteger();

    AwaySource(DataSource source) {
      super(source);
    }

    @Override
    public Connection getConnection() throws SQLException {
      if (away.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
        throw new SQLTransientConnectionException("away");
      }
      return super.getConnection();
    }
  }

  /** Queues that can be away. */
  private final class FlakyJobs implements Jobs {
    private final Jobs stored =
        new StoredJobs(new MemoryJobStore(clock), Payloads.defaults(), JobListener.NONE);
    private final List<String> taken = new ArrayList<>();
    private boolean away;
    private Runnable then = () -> {};

    @Override
    public Enqueued enqueue(JobRequest<?> request) {
      return enqueue(List.of(request)).getFirst();
    }

    @Override
    public List<Enqueued> enqueue(List<JobRequest<?>> requests) {
      if (away) {
        throw new StoreUnavailableException("away", new SQLException("away"));
      }
      requests.forEach(request -> taken.add(String.valueOf(request.id())));
      List<Enqueued> answers = stored.enqueue(requests);
      then.run();
      return answers;
    }

    @Override
    public long stamp(String queue) {
      return stored.stamp(queue);
    }

    @Override
    public List<Boolean> plan(List<Plan> plans) {
      return stored.plan(plans);
    }

    @Override
    public int cancelGroup(String queue, String group, String reason) {
      return stored.cancelGroup(queue, group, reason);
    }
  }

  /** Answers what a test wants. */
  private static final class Receiver implements WebhookSender {
    private volatile Supplier<Answer> answer = () -> Answer.none(new SendResult.Sent(null));

    void answers(Supplier<Answer> newAnswer) {
      answer = newAnswer;
    }

    void answers(int status) {
      answer = () -> new Answer(new SendResult.Temporary("answered " + status), status);
    }

    @Override
    public Answer send(WebhookDelivery delivery) {
      return answer.get();
    }
  }
}
