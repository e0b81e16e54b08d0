package dev.freshcut.jobstreams.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshcut.jobstreams.JobState;
import dev.freshcut.jobstreams.Priority;
import dev.freshcut.jobstreams.store.Bench;
import dev.freshcut.jobstreams.store.JobRecord;
import dev.freshcut.jobstreams.store.Page;
import dev.freshcut.jobstreams.store.QueueStatus;
import dev.freshcut.jobstreams.store.Settlement;
import dev.freshcut.jobstreams.store.Settlement.Verdict;
import dev.freshcut.jobstreams.store.TakenJob;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.redisson.api.options.KeysScanOptions;
import org.redisson.client.codec.StringCodec;

/**
 * Several threads ask for whatever a store can do, at random. Now and then all stop, and the books
 * must balance: every job is in one state and in what belongs to it, and none is missing. At the
 * end all is worked off, forgotten, and nothing is left behind.
 */
class ConservationIT {
  private static final int THREADS = 4;
  private static final int ROUNDS = 8;
  private static final int STEPS = 150;

  private final RedisBench redis = new RedisBench(RedisBench.singleServer());
  private final Bench bench = redis.bench;

  @AfterEach
  void close() {
    redis.close();
  }

  @Test
  @Timeout(600)
  void noJobIsLostAndNothingIsLeftBehind() throws Exception {
    long seed = Long.getLong("freshcut.random.seed", ThreadLocalRandom.current().nextLong());
    System.out.println("ConservationIT: -Dfreshcut.random.seed=" + seed);
    Tally tally = new Tally();
    List<Chaos> chaos = new ArrayList<>();
    for (int i = 0; i < THREADS; i++) {
      chaos.add(new Chaos(redis.another(), bench.queue, i, seed + i, tally, redis.shift));
    }
    for (int round = 0; round < ROUNDS; round++) {
      List<Thread> threads = new ArrayList<>();
      for (Chaos one : chaos) {
        threads.add(Thread.ofVirtual().start(() -> one.run(STEPS)));
      }
      for (Thread thread : threads) {
        thread.join();
      }
      assertThat(tally.failure()).isNull();
      audit(tally);
    }
    workOff();
    audit(tally);
    QueueStatus.Counters counters = bench.status().counters();
    assertThat(counters.done()).as("the test does something").isPositive();
    assertThat(counters.lost()).isPositive();
    assertThat(counters.cancelled()).isPositive();
    assertThat(counters.retried()).isPositive();
    assertThat(tally.redriven.get()).isPositive();
    forgetAll();
    assertThat(keys()).isSubsetOf(fixedKeys());
    assertThat(redis.redisson.getKeys().countExists(key("memory"), key("remembered"))).isZero();
  }

  /** Every job is in one list, the one of its state; the totals are those of the operations. */
  private void audit(Tally tally) {
    Map<String, JobRecord> jobs = new HashMap<>();
    Map<JobState, Long> counts = new HashMap<>();
    for (JobState state : JobState.values()) {
      List<JobRecord> listed = all(state);
      counts.put(state, (long) listed.size());
      for (JobRecord job : listed) {
        assertThat(job.state()).as(job.id()).isEqualTo(state);
        assertThat(jobs.put(job.id(), job)).as(job.id() + " is in two states").isNull();
      }
    }
    assertThat(keys().stream().filter(key -> key.contains("}:job:")))
        .as("jobs that are in no list")
        .hasSize(jobs.size());
    QueueStatus status = bench.status();
    long ready = status.ready().values().stream().mapToLong(Long::longValue).sum();
    assertThat(ready).isEqualTo(counts.get(JobState.READY));
    assertThat(status.scheduled()).isEqualTo(counts.get(JobState.SCHEDULED));
    assertThat(status.running()).isEqualTo(counts.get(JobState.RUNNING));
    assertThat(status.dead()).isEqualTo(counts.get(JobState.DEAD));
    assertThat(status.ended())
        .isEqualTo(
            counts.getOrDefault(JobState.DONE, 0L) + counts.getOrDefault(JobState.CANCELLED, 0L));

    QueueStatus.Counters counters = status.counters();
    assertThat(counters.enqueued()).isEqualTo(tally.stored.get());
    assertThat(counters.done()).isEqualTo(tally.done.get());
    assertThat(counters.enqueued() + tally.redriven.get())
        .as("what began is what ended and what lives")
        .isEqualTo(
            counters.done()
                + counters.cancelled()
                + counters.dead()
                + ready
                + status.scheduled()
                + status.running());
    assertThat(members()).isEqualTo(expectedMembers(jobs.values()));
  }

  private List<JobRecord> all(JobState state) {
    List<JobRecord> jobs = new ArrayList<>();
    @Nullable String cursor = null;
    do {
      Page page = bench.store.list(bench.queue, state, cursor, 100);
      jobs.addAll(page.jobs());
      cursor = page.next();
    } while (cursor != null);
    return jobs;
  }

  private static Map<String, Set<String>> expectedMembers(Iterable<JobRecord> jobs) {
    Map<String, Set<String>> groups = new TreeMap<>();
    for (JobRecord job : jobs) {
      if (job.group() != null && !job.state().ended()) {
        groups.computeIfAbsent(job.group(), unused -> new TreeSet<>()).add(job.id());
      }
    }
    return groups;
  }

  private Map<String, Set<String>> members() {
    Map<String, Set<String>> groups = new TreeMap<>();
    for (String key : keys()) {
      if (key.contains("}:group:")) {
        groups.put(
            key.substring(key.indexOf("}:group:") + 8),
            new TreeSet<>(redis.redisson.<String>getSet(key, StringCodec.INSTANCE).readAll()));
      }
    }
    return groups;
  }

  /** A last worker does all that is left. */
  private void workOff() {
    bench.store.resume(bench.queue);
    bench.store.limit(bench.queue, null);
    redis.shift.addAndGet(Duration.ofDays(2).toMillis());
    // Those that were lost come back first, a few at a time.
    for (int i = 0; i < 200; i++) {
      bench.store.beat(bench.queue, "last", Duration.ofDays(1), 5);
    }
    List<TakenJob> taken = takeAll();
    while (!taken.isEmpty()) {
      List<Settlement> ends =
          taken.stream()
              .map(job -> new Settlement(job.id(), job.lease(), new Verdict.Dead("the end")))
              .toList();
      assertThat(bench.store.settle(bench.queue, "last", ends)).doesNotContain(false);
      taken = takeAll();
    }
    QueueStatus status = bench.status();
    assertThat(status.running()).isZero();
    assertThat(status.scheduled()).isZero();
    assertThat(status.ready().values()).containsOnly(0L);
    bench.store.leave(bench.queue, "last");
  }

  private List<TakenJob> takeAll() {
    return bench.store.take(bench.queue, "last", 500, List.of(Priority.values())).jobs();
  }

  private void forgetAll() {
    bench.store.purge(bench.queue, bench.store.now(bench.queue).plusSeconds(1), Integer.MAX_VALUE);
    redis.shift.addAndGet(Duration.ofDays(400).toMillis());
    while (bench.store.sweep(bench.queue)) {
      assertThat(bench.status().running()).isZero();
    }
    assertThat(bench.status().dead()).isZero();
    assertThat(bench.status().ended()).isZero();
    assertThat(bench.status().workers()).isZero();
  }

  private String key(String name) {
    return "t:{" + bench.queue + "}:" + name;
  }

  private Set<String> keys() {
    Set<String> keys = new TreeSet<>();
    redis
        .redisson
        .getKeys()
        .getKeys(KeysScanOptions.defaults().pattern(key("*")).chunkSize(1000))
        .forEach(keys::add);
    return keys;
  }

  /** Of a number that does not grow with the jobs. */
  private Set<String> fixedKeys() {
    return Set.of(
            "ready:urgent",
            "ready:normal",
            "ready:bulk",
            "again:urgent",
            "again:normal",
            "again:bulk",
            "dead",
            "config",
            "counters",
            "signal")
        .stream()
        .map(this::key)
        .collect(Collectors.toSet());
  }
}
