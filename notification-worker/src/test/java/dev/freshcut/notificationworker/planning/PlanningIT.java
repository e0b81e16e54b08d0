package dev.freshcut.notificationworker.planning;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.freshcut.embeddedstack.TestServers;
import dev.freshcut.jobstreams.Enqueued;
import dev.freshcut.jobstreams.JobListener;
import dev.freshcut.jobstreams.JobRequest;
import dev.freshcut.jobstreams.JobState;
import dev.freshcut.jobstreams.Jobs;
import dev.freshcut.jobstreams.Plan;
import dev.freshcut.jobstreams.RetryPolicy;
import dev.freshcut.jobstreams.client.Payloads;
import dev.freshcut.jobstreams.client.StoredJobs;
import dev.freshcut.jobstreams.memory.MemoryJobStore;
import dev.freshcut.jobstreams.store.JobRecord;
import dev.freshcut.jobstreams.store.JobStore;
import dev.freshcut.jobstreams.store.Page;
import dev.freshcut.jobstreams.store.QueueStatus;
import dev.freshcut.jobstreams.worker.Handlers;
import dev.freshcut.jobstreams.worker.JobWorker;
import dev.freshcut.jobstreams.worker.WorkerSettings;
import dev.freshcut.notificationworker.TestDatabase;
import dev.freshcut.notificationworker.TestDatabase.Captured;
import dev.freshcut.notificationworker.event.EventPlanner;
import dev.freshcut.notificationworker.notice.NoticePlanner;
import dev.freshcut.notificationworker.reading.ChangeReader;
import dev.freshcut.notificationworker.reading.Fact;
import dev.freshcut.notificationworker.reading.Reading;
import dev.freshcut.notificationworker.reading.Tables;
import dev.freshcut.notificationworker.reminder.ReminderPlanner;
import dev.freshcut.notificationworker.state.StateReader;
import dev.freshcut.notificationworker.state.Visibility;
import dev.freshcut.sharedevents.change.ChangeHeaders;
import dev.freshcut.sharedevents.change.ChangeParser;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Whatever order, repetition and interleaving the changes come in: what is planned in the end is
 * what the rows in the end say, and each notice is there once. Real rows, a slow reference.
 */
class PlanningIT {
  private static final TestServers SERVERS = TestServers.shared();
  private static final List<String> CUSTOMER_ZONES =
      List.of("Europe/Paris", "America/New_York", "Asia/Tokyo", "Australia/Lord_Howe");
  private static final ChangeReader READER =
      new ChangeReader(
          Tables.COLUMNS.keySet().stream().collect(Collectors.toMap(t -> t, Function.identity())),
          "control",
          new ChangeParser(1 << 20, 64, Tables.COLUMNS));

  private final Clock clock = Clock.systemUTC();
  private final TestDatabase database =
      new TestDatabase(SERVERS.postgres(), SERVERS.freshDatabase());
  private final JobStore store = new MemoryJobStore(clock);
  private final SlowJobs slow =
      new SlowJobs(new StoredJobs(store, Payloads.defaults(), JobListener.NONE));
  private final List<Long> appointments = new ArrayList<>();
  private final List<Long> customers = new ArrayList<>();
  private final Planner planner;
  private final JobWorker maintenance;
  private final long location;
  private final long service;

  PlanningIT() {
    JdbcClient jdbc = JdbcClient.create(database.worker());
    StateReader states = new StateReader(jdbc);
    Visibility visibility = new Visibility(jdbc, Duration.ofSeconds(30));
    Reminders reminders =
        new Reminders(
            slow,
            new ReminderPlanner(
                clock,
                Duration.ofDays(14),
                (queue, id) ->
                    store.find(queue, id).filter(job -> !job.state().ended()).isPresent()));
    planner =
        new Planner(
            slow,
            visibility,
            states,
            new NoticePlanner(clock, Duration.ofDays(14)),
            new EventPlanner(jdbc, Duration.ofDays(14)),
            reminders,
            clock,
            Duration.ofHours(24));
    maintenance =
        new JobWorker(
            "maintenance",
            store,
            Handlers.builder()
                .add(
                    ReplanJob.TYPE,
                    RetryPolicy.defaults(),
                    Duration.ofMinutes(1),
                    new ReplanHandler(visibility, states, reminders, clock))
                .build(),
            WorkerSettings.defaults().withConcurrency(2),
            JobListener.NONE,
            clock);
    location = database.location("Fade", "Europe/London");
    service = database.service(location);
  }

  @ParameterizedTest
  @ValueSource(longs = {101, 102, 103})
  void inTheEndTheRowsAreWhatCounts(long seed) throws Exception {
    Random random = new Random(seed);
    maintenance.start();
    try (ExecutorService threads = Executors.newFixedThreadPool(3)) {
      for (int round = 0; round < 30; round++) {
        List<Future<?>> running = new ArrayList<>();
        for (int step = 0; step < 6; step++) {
          change(random);
          // Each change once at least, with some that are older, while the next one is made.
          List<Captured> some = shuffledPart(random);
          running.add(threads.submit(() -> deliver(some)));
        }
        for (Future<?> each : running) {
          each.get();
        }
        await().atMost(Duration.ofSeconds(60)).until(() -> idle("maintenance"));
        for (String channel : List.of("email", "sms")) {
          assertThat(planned(channel))
              .as("seed %d, round %d, %s", seed, round, channel)
              .isEqualTo(expected(channel));
        }
      }
    } finally {
      maintenance.close();
    }
    assertThat(places(notices("email")))
        .as("seed %d", seed)
        .containsExactlyInAnyOrderElementsOf(Set.copyOf(places(expectedNotices())));
  }

  /** The stream shows a commit a little before other sessions do. */
  @Test
  void whatCannotBeSeenYetIsWaitedFor() throws Exception {
    Random random = new Random(1);
    change(random);
    database.update("appointments", "id", appointments.getFirst(), "status = 'confirmed'");
    long id = appointments.getFirst();
    Instant startsAt = someTime(random).plus(Duration.ofDays(1));
    try (Connection connection = database.connect();
        ExecutorService threads = Executors.newSingleThreadExecutor()) {
      connection.setAutoCommit(false);
      long xid;
      try (Statement statement = connection.createStatement()) {
        statement.execute(
            "UPDATE appointments SET starts_at = '" + startsAt + "' WHERE id = " + id);
        try (ResultSet row = statement.executeQuery("SELECT pg_current_xact_id()::text::bigint")) {
          row.next();
          xid = row.getLong(1);
        }
      }
      Captured seen = database.last();
      Captured early =
          new Captured(seen.table(), "u", id, seen.before(), seen.after(), xid, seen.at());
      int looks = slow.stamps.get();
      Future<?> working = threads.submit(() -> deliver(List.of(early)));
      await()
          .during(Duration.ofMillis(300))
          .atMost(Duration.ofSeconds(60))
          .until(() -> slow.stamps.get() == looks && !working.isDone());
      connection.commit();
      working.get();
    }
    assertThat(planned("email")).isNotEmpty().isEqualTo(expected("email"));
  }

  /** Widens the time between drawing a number and looking, in which others get ahead. */
  private static final class SlowJobs implements Jobs {
    private final Jobs jobs;
    private final AtomicInteger stamps = new AtomicInteger();

    SlowJobs(Jobs jobs) {
      this.jobs = jobs;
    }

    @Override
    public Enqueued enqueue(JobRequest<?> job) {
      return jobs.enqueue(job);
    }

    @Override
    public List<Enqueued> enqueue(List<JobRequest<?>> requests) {
      return jobs.enqueue(requests);
    }

    @Override
    public long stamp(String queue) {
      stamps.incrementAndGet();
      pause();
      long stamp = jobs.stamp(queue);
      pause();
      return stamp;
    }

    private static void pause() {
      if (ThreadLocalRandom.current().nextInt(4) == 0) {
        LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
      }
    }

    @Override
    public List<Boolean> plan(List<Plan> plans) {
      return jobs.plan(plans);
    }

    @Override
    public int cancelGroup(String queue, String group, String reason) {
      return jobs.cancelGroup(queue, group, reason);
    }
  }

  private boolean idle(String queue) {
    QueueStatus status = store.status(queue);
    return status.ready().values().stream().allMatch(count -> count == 0)
        && status.scheduled() + status.running() == 0;
  }

  private List<Captured> shuffledPart(Random random) {
    List<Captured> all = new ArrayList<>(database.captured());
    Captured last = all.removeLast();
    Collections.shuffle(all, random);
    List<Captured> some = new ArrayList<>(all.subList(0, Math.min(all.size(), random.nextInt(12))));
    some.add(random.nextInt(some.size() + 1), last);
    return some;
  }

  private void deliver(List<Captured> changes) {
    for (int from = 0; from < changes.size(); from += 7) {
      planner.work(
          changes.subList(from, Math.min(from + 7, changes.size())).stream()
              .map(PlanningIT::fact)
              .flatMap(Collection::stream)
              .toList());
    }
  }

  private static List<Fact> fact(Captured change) {
    if (!Tables.COLUMNS.containsKey(change.table())) {
      return List.of();
    }
    ConsumerRecord<byte[], byte[]> record =
        new ConsumerRecord<>(change.table(), 0, 0, null, change.json().getBytes(UTF_8));
    record.headers().add(ChangeHeaders.XID, Long.toString(change.xid()).getBytes(UTF_8));
    return switch (READER.read(record)) {
      case Reading.Told told -> List.of(told.fact());
      case Reading.Ignored ignored -> List.of();
      case Reading.Poison poison -> throw new AssertionError(poison);
    };
  }

  /** Far enough ahead that no reminder is due while the test runs. */
  private Instant someTime(Random random) {
    return clock
        .instant()
        .truncatedTo(ChronoUnit.DAYS)
        .plus(Duration.ofDays(8 + random.nextInt(10)))
        .plus(Duration.ofMinutes(9 * 60 + 15L * random.nextInt(28)));
  }

  private void change(Random random) {
    int choice = appointments.size() < 4 ? 0 : 1 + random.nextInt(11);
    if (random.nextInt(40) == 0) {
      choice = 0;
    }
    long appointment =
        appointments.isEmpty() ? 0 : appointments.get(random.nextInt(appointments.size()));
    long customer = customers.isEmpty() ? 0 : customers.get(random.nextInt(customers.size()));
    String status = appointments.isEmpty() ? "" : status(appointment);
    switch (choice) {
      case 0 -> {
        long who = database.customer(location, "c" + customers.size());
        customers.add(who);
        // Each with a barber of its own, so that any time is free.
        appointments.add(
            database.appointment(
                location,
                database.barber(location),
                service,
                who,
                someTime(random),
                random.nextBoolean() ? "confirmed" : "pending"));
      }
      case 1, 2, 3 -> {
        if (!status.equals("cancelled")) {
          database.move(appointment, someTime(random));
        }
      }
      case 4, 5 -> {
        if (status.equals("pending")) {
          database.status(appointment, "confirmed");
        }
      }
      case 6 -> {
        if (!status.equals("cancelled")) {
          database.status(appointment, "cancelled");
        }
      }
      case 7, 8, 9 -> preferences(random, customer);
      case 10 -> settings(random);
      default ->
          database.update(
              "locations",
              "id",
              location,
              "time_zone = ?",
              random.nextBoolean() ? "Europe/London" : "Europe/Berlin");
    }
  }

  private String status(long appointment) {
    return database
        .sql()
        .sql("SELECT status FROM appointments WHERE id = ?")
        .param(appointment)
        .query(String.class)
        .single();
  }

  private void preferences(Random random, long customer) {
    boolean known =
        database
            .sql()
            .sql("SELECT EXISTS (SELECT FROM notification_preferences WHERE customer_id = ?)")
            .param(customer)
            .query(Boolean.class)
            .single();
    if (!known) {
      database.insert(
          "notification_preferences",
          "customer_id",
          "(customer_id, location_id, sms_consent_at, sms_consent_source)"
              + " VALUES (?, ?, now(), 'account')",
          customer,
          location);
      return;
    }
    String assignments =
        switch (random.nextInt(5)) {
          case 0 -> "time_zone = '" + pick(random, CUSTOMER_ZONES) + "'";
          case 1 -> "reminder_minutes = " + pick(random, List.of("'{60,2880}'", "'{}'", "NULL"));
          case 2 -> "quiet_from = '12:30', quiet_until = '12:00'";
          case 3 -> "sms_consent_at = NULL, sms_consent_source = NULL";
          default -> "sms_consent_at = now(), sms_consent_source = 'phone'";
        };
    if (random.nextInt(8) == 0) {
      database.delete("notification_preferences", "customer_id", customer);
    } else {
      database.update("notification_preferences", "customer_id", customer, assignments);
    }
  }

  private static String pick(Random random, List<String> from) {
    return from.get(random.nextInt(from.size()));
  }

  private void settings(Random random) {
    boolean known =
        database
            .sql()
            .sql("SELECT EXISTS (SELECT FROM notification_settings)")
            .query(Boolean.class)
            .single();
    if (!known) {
      database.insert("notification_settings", "location_id", "(location_id) VALUES (?)", location);
      return;
    }
    database.update(
        "notification_settings",
        "location_id",
        location,
        pick(
            random,
            List.of(
                "reminder_minutes = '{300}'",
                "reminder_minutes = '{1440,120}'",
                "sms = NOT sms",
                "quiet_from = '18:00', quiet_until = '10:15'",
                "quiet_from = '18:00', quiet_until = '18:00'")));
  }

  private Map<String, Instant> planned(String queue) {
    Map<String, Instant> found = new TreeMap<>();
    for (JobRecord job : all(queue, JobState.SCHEDULED)) {
      if (job.id().startsWith("reminder:")) {
        found.put(job.id(), job.dueAt());
      }
    }
    assertThat(all(queue, JobState.READY)).noneMatch(job -> job.id().startsWith("reminder:"));
    return found;
  }

  private List<JobRecord> all(String queue, JobState state) {
    List<JobRecord> found = new ArrayList<>();
    String cursor = null;
    do {
      Page page = store.list(queue, state, cursor, 100);
      found.addAll(page.jobs());
      cursor = page.next();
    } while (cursor != null);
    return found;
  }

  private Set<String> notices(String queue) {
    List<String> ids =
        all(queue, JobState.READY).stream()
            .map(JobRecord::id)
            .filter(id -> !id.startsWith("reminder:"))
            .toList();
    assertThat(ids).doesNotHaveDuplicates();
    return new HashSet<>(ids);
  }

  /** With what moves come to: of those to the same time that wait together one is told of. */
  private List<String> places(Set<String> ids) {
    Map<String, String> places = new TreeMap<>();
    for (Captured change : database.captured()) {
      if (!change.table().equals("public.appointments")) {
        continue;
      }
      places.put(
          "moved:%d:%s:email".formatted(change.key(), field(change.after(), "version")),
          "moved:%d to %s".formatted(change.key(), field(change.after(), "starts_at")));
    }
    return ids.stream().map(id -> places.getOrDefault(id, id)).toList();
  }

  /** As told from the images alone: who reads the log of changes once, in order. */
  private Set<String> expectedNotices() {
    Set<String> ids = new HashSet<>();
    for (Captured change : database.captured()) {
      if (!change.table().equals("public.appointments")) {
        continue;
      }
      String was = field(change.before(), "status");
      String is = field(change.after(), "status");
      boolean moved =
          !String.valueOf(field(change.before(), "starts_at"))
              .equals(String.valueOf(field(change.after(), "starts_at")));
      String kind =
          "cancelled".equals(is)
              ? "cancelled"
              : !String.valueOf(was).equals(is)
                  ? ("pending".equals(is) ? "requested" : "confirmed")
                  : moved ? "moved" : null;
      if (kind != null) {
        String version = field(change.after(), "version");
        ids.add("%s:%d:%s:email".formatted(kind, change.key(), version));
      }
    }
    return ids;
  }

  private static @Nullable String field(@Nullable String json, String name) {
    if (json == null) {
      return null;
    }
    String rest = json.substring(json.indexOf("\"" + name + "\": ") + name.length() + 4);
    return rest.substring(0, rest.indexOf(rest.indexOf(',') < 0 ? '}' : ',')).replace("\"", "");
  }

  /** From the rows, looking at every minute. */
  private Map<String, Instant> expected(String channel) {
    Map<String, Instant> ids = new TreeMap<>();
    database
        .sql()
        .sql(
            """
            SELECT a.id, a.starts_at, r.* FROM appointments a
              JOIN notification_recipients r ON r.customer_id = a.customer_id
              WHERE a.status = 'confirmed'
            """)
        .query(
            row -> {
              if (!row.getBoolean("wants_" + channel)) {
                return;
              }
              Instant start = row.getObject("starts_at", OffsetDateTime.class).toInstant();
              LocalTime from = row.getObject("quiet_from", LocalTime.class);
              LocalTime until = row.getObject("quiet_until", LocalTime.class);
              ZoneId zone = ZoneId.of(row.getString("time_zone"));
              TreeMap<Instant, Integer> times = new TreeMap<>();
              for (Integer minutes :
                  Arrays.asList((Integer[]) row.getArray("reminder_minutes").getArray())) {
                times.merge(reference(start, minutes, from, until, zone), minutes, Math::min);
              }
              long id = row.getLong("id");
              times.forEach(
                  (at, minutes) ->
                      ids.put(
                          "reminder:%d:%d:%d:%s"
                              .formatted(id, start.getEpochSecond(), minutes, channel),
                          at));
            });
    return ids;
  }

  private static Instant reference(
      Instant start, int minutes, LocalTime from, LocalTime until, ZoneId zone) {
    Instant asked = start.minusSeconds(60L * minutes);
    Instant later = asked;
    while (quiet(later, from, until, zone)) {
      later = later.plusSeconds(60);
    }
    if (later.equals(asked) || Duration.between(later, start).toMinutes() >= 30) {
      return later;
    }
    Instant earlier = asked;
    while (quiet(earlier, from, until, zone)) {
      earlier = earlier.minusSeconds(60);
    }
    return earlier;
  }

  private static boolean quiet(Instant at, LocalTime from, LocalTime until, ZoneId zone) {
    int minute = at.atZone(zone).toLocalTime().toSecondOfDay() / 60;
    int length = Math.floorMod(until.toSecondOfDay() / 60 - from.toSecondOfDay() / 60, 1_440);
    return Math.floorMod(minute - from.toSecondOfDay() / 60, 1_440) < length;
  }
}
