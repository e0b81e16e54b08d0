package dev.freshcut.jobstreams.schedule;

import dev.freshcut.jobstreams.Enqueued;
import dev.freshcut.jobstreams.JobListener;
import dev.freshcut.jobstreams.client.Outage;
import dev.freshcut.jobstreams.client.Payloads;
import dev.freshcut.jobstreams.client.QuietListener;
import dev.freshcut.jobstreams.store.Fire;
import dev.freshcut.jobstreams.store.JobStore;
import dev.freshcut.jobstreams.store.NewJob;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Fires schedules. Every instance of an application may run one: for each firing the store lets one
 * of them enqueue the job and move the schedule on, in a single step. Where processes define a
 * schedule differently, as while they are replaced one by one, those fire that have the definition
 * told last; once a firing is overdue by a minute, the others take the schedule over.
 */
public final class Scheduler implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Scheduler.class);

  /** Bounds how late a schedule is noticed that somebody moved. */
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

  /** After a firing that was somebody else's, or of a schedule that somebody has defined anew. */
  private static final Duration REFUSED_PAUSE = Duration.ofMillis(500);

  /** By when somebody who has a schedule's present definition has fired it, if there is anybody. */
  private static final Duration ABANDONED = LONGEST_PAUSE.multipliedBy(2);

  private static final Duration SHORTEST_PAUSE = Duration.ofMillis(5);
  private static final Duration LAST_WAIT = Duration.ofSeconds(5);

  private final JobStore store;
  private final List<Schedule> schedules;
  private final Payloads payloads;
  private final JobListener listener;
  private final Outage outage;

  /** Those whose definition this process has told the store. */
  private final Set<Schedule> registered = new HashSet<>();

  private final CountDownLatch stopped = new CountDownLatch(1);
  private @Nullable Thread thread;

  /**
   * A scheduler that {@link #start} sets to work.
   *
   * @throws IllegalArgumentException if two schedules of a queue have one name, or one's payload
   *     can't be written
   */
  public Scheduler(
      JobStore store, List<Schedule> schedules, Payloads payloads, JobListener listener) {
    this.store = store;
    this.schedules = List.copyOf(schedules);
    this.payloads = payloads;
    this.listener = new QuietListener(listener);
    this.outage = new Outage("(schedules)", "schedule", "schedules fire later", this.listener);
    Set<String> names = new HashSet<>();
    for (Schedule schedule : schedules) {
      if (!names.add(schedule.queue() + " " + schedule.name())) {
        throw new IllegalArgumentException(
            "queue " + schedule.queue() + " has two schedules named " + schedule.name());
      }
      NewJob unused = payloads.write(schedule.firing(Instant.EPOCH));
    }
  }

  /** Sets it to work; it need not reach the store yet. */
  public synchronized void start() {
    if (thread == null && !schedules.isEmpty()) {
      thread = Thread.ofPlatform().daemon().name("jobs-schedules").start(this::run);
    }
  }

  /** Stops it; what it has fired stays. */
  @Override
  public synchronized void close() {
    stopped.countDown();
    try {
      if (thread != null) {
        thread.join(LAST_WAIT.toMillis());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * Fires what is due, once.
   *
   * @return how long nothing more will be due
   */
  Duration tick() {
    Duration pause = LONGEST_PAUSE;
    Set<String> queues = new HashSet<>();
    schedules.forEach(schedule -> queues.add(schedule.queue()));
    for (String queue : queues) {
      Instant now = store.now(queue);
      Map<String, Instant> known = store.schedules(queue);
      for (Schedule schedule : of(queue)) {
        Instant next = known.get(schedule.name());
        if (next == null || !registered.contains(schedule)) {
          register(schedule, now);
          pause = SHORTEST_PAUSE;
        } else if (next.isAfter(now)) {
          pause = shorter(pause, Duration.between(now, next));
        } else {
          pause = shorter(pause, fire(schedule, next, now));
        }
      }
    }
    return pause;
  }

  private void run() {
    Duration pause = Duration.ZERO;
    try {
      while (!stopped.await(pause.toMillis(), TimeUnit.MILLISECONDS)) {
        try {
          pause = tick();
          outage.answered();
        } catch (RuntimeException | Error e) {
          pause = outage.failed(e);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private List<Schedule> of(String queue) {
    List<Schedule> some = new ArrayList<>();
    for (Schedule schedule : schedules) {
      if (schedule.queue().equals(queue)) {
        some.add(schedule);
      }
    }
    return some;
  }

  private void register(Schedule schedule, Instant now) {
    Timing timing = schedule.timing();
    store.schedule(schedule.queue(), schedule.name(), timing.definition(), timing.next(now));
    registered.add(schedule);
  }

  private Duration fire(Schedule schedule, Instant due, Instant now) {
    Timing timing = schedule.timing();
    Instant latest = timing.latest(due, now).orElse(due);
    NewJob job = payloads.write(schedule.firing(latest));
    Fire fire = new Fire(schedule.name(), timing.definition(), due, timing.next(now), job);
    Optional<Enqueued> answer = store.fire(schedule.queue(), fire);
    if (answer.isEmpty()) {
      if (due.plus(ABANDONED).isBefore(now)) {
        store.schedule(schedule.queue(), schedule.name(), timing.definition(), due);
      }
      return REFUSED_PAUSE;
    }
    listener.enqueued(schedule.queue(), job.type(), answer.get());
    if (latest.isAfter(due)) {
      log.warn(
          "queue {}: schedule {} missed firings since {}; it fires once for all, as of {}",
          schedule.queue(),
          schedule.name(),
          due,
          latest);
    }
    return SHORTEST_PAUSE;
  }

  private static Duration shorter(Duration a, Duration b) {
    return a.compareTo(b) < 0 ? a : b;
  }
}
