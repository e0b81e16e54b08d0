package dev.freshcut.jobstreams.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.freshcut.embeddedstack.RedisServer;
import dev.freshcut.embeddedstack.Servers;
import dev.freshcut.embeddedstack.ServersOptions;
import dev.freshcut.jobstreams.JobListener;
import dev.freshcut.jobstreams.JobRequest;
import dev.freshcut.jobstreams.JobState;
import dev.freshcut.jobstreams.client.Payloads;
import dev.freshcut.jobstreams.client.StoredJobs;
import dev.freshcut.jobstreams.redis.RedisJobStore;
import dev.freshcut.jobstreams.redis.RedisJobStoreSettings;
import dev.freshcut.jobstreams.store.JobRecord;
import dev.freshcut.jobstreams.store.JobStore;
import dev.freshcut.jobstreams.store.QueueStatus;
import dev.freshcut.jobstreams.store.StoreUnavailableException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.redisson.Redisson;
import org.redisson.api.RedissonClient;
import org.redisson.config.Config;

/**
 * Worker processes that are killed, stopped beyond their lease and asked to end at random, and a
 * Redis that is killed and comes back, each at least once: every job is done, every effect made
 * once, and a job runs again only for a reason that its record tells. {@code
 * -Dfreshcut.random.seed} repeats a run's choices, {@code -Dfreshcut.random.seconds} makes it
 * longer.
 */
class CrashIT {
  private static final Duration LENGTH =
      Duration.ofSeconds(Long.getLong("freshcut.random.seconds", 20));
  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final long LEASE_MILLIS = 1_000;
  private static final int WORKERS = 3;

  /** Each acknowledged write outlives a kill. */
  private final Servers servers =
      Servers.create(ServersOptions.defaults().withRedisSetting("appendonly", "yes"));

  private final long seed = Long.getLong("freshcut.random.seed", new Random().nextLong());
  private final SplittableRandom random = new SplittableRandom(seed);
  private final List<Task> tasks = new ArrayList<>();

  /** What happens first, so that however short the run, all of it does. */
  private final List<Integer> first = new ArrayList<>(List.of(0, 4, 6, 7));

  private int kills;
  private int freezes;
  private int retirements;
  private int restarts;

  @TempDir private Path directory;

  @Test
  void everyJobIsDoneAndEveryEffectMadeOnce() throws Exception {
    System.out.printf("crashes: seed %d, %s%n", seed, LENGTH);
    try (servers;
        Crew crew = new Crew(servers.redis().url(), directory, LEASE_MILLIS)) {
      RedissonClient redisson = Redisson.create(config(servers.redis()));
      JobStore store = new RedisJobStore(redisson, RedisJobStoreSettings.defaults());
      StoredJobs jobs = new StoredJobs(store, Payloads.defaults(), JobListener.NONE);
      for (int i = 0; i < WORKERS; i++) {
        crew.hire();
      }
      Collections.shuffle(first, new Random(seed));
      long end = System.nanoTime() + LENGTH.toNanos();
      while (System.nanoTime() < end || !first.isEmpty()) {
        produce(jobs);
        disturb(crew);
        rest(random.nextInt(200, 1_200));
      }
      await("all done").atMost(PATIENCE).until(() -> left(store) == 0);
      check(crew, store);
      redisson.shutdown();
    }
  }

  private static Config config(RedisServer redis) {
    Config config = new Config();
    config.setLazyInitialization(true);
    config.useSingleServer().setAddress(redis.url()).setConnectionMinimumIdleSize(2);
    return config;
  }

  /** Enqueues some jobs, again and again until it is known that they are, and some once more. */
  private void produce(StoredJobs jobs) {
    List<JobRequest<?>> some = new ArrayList<>();
    for (int i = random.nextInt(1, 200); i > 0; i--) {
      Task task = Task.draw(tasks.size(), random);
      tasks.add(task);
      some.add(task.request());
    }
    some.add(tasks.get(random.nextInt(tasks.size())).request());
    await("enqueued")
        .atMost(PATIENCE)
        .ignoreExceptionsInstanceOf(StoreUnavailableException.class)
        .until(() -> jobs.enqueue(some).size() == some.size());
  }

  private void disturb(Crew crew) throws Exception {
    Process worker = crew.any(random);
    switch (first.isEmpty() ? random.nextInt(12) : first.removeFirst()) {
      case 0, 1, 2, 3 -> {
        crew.kill(worker);
        crew.hire();
        kills++;
      }
      case 4, 5 -> {
        crew.stop(worker);
        rest(LEASE_MILLIS + random.nextLong(LEASE_MILLIS));
        crew.go(worker);
        freezes++;
      }
      case 6 -> {
        crew.retire(worker);
        crew.hire();
        retirements++;
      }
      case 7 -> {
        servers.redis().stop();
        rest(random.nextInt(3_000));
        servers.redis().start();
        restarts++;
      }
      default -> {}
    }
  }

  private long left(JobStore store) {
    try {
      return tasks.size() - store.status(Task.QUEUE).counters().done();
    } catch (StoreUnavailableException e) {
      return tasks.size();
    }
  }

  private void check(Crew crew, JobStore store) throws Exception {
    Map<String, Integer> runs = crew.runs();
    long again = 0;
    for (Task task : tasks) {
      JobRecord job = store.find(Task.QUEUE, task.id()).orElseThrow();
      assertThat(job.state()).as(job.toString()).isEqualTo(JobState.DONE);
      assertThat(crew.hasEffect(task.id())).as(task.id()).isTrue();
      int run = runs.getOrDefault(task.id(), 0);
      long given = job.events().stream().filter(event -> event.what().equals("released")).count();
      assertThat(run)
          .as("runs of %s, seed %d", job, seed)
          .isBetween(1 + task.failures(), (int) (1 + task.failures() + job.losses() + given));
      again += run - 1 - task.failures();
    }
    QueueStatus status = store.status(Task.QUEUE);
    assertThat(crew.effects()).isEqualTo(tasks.size());
    assertThat(status.running() + status.dead() + status.scheduled()).isZero();
    assertThat(status.counters().enqueued()).isEqualTo(tasks.size());
    System.out.printf(
        "crashes: %d killed, %d frozen, %d retired, %d restarts of Redis; %d jobs, all done; %d were"
            + " taken back, %d ran again, %d of them after their effect; seed %d%n",
        kills,
        freezes,
        retirements,
        restarts,
        tasks.size(),
        status.counters().lost(),
        again,
        crew.repeated().size(),
        seed);
  }

  private static void rest(long millis) {
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
    while (System.nanoTime() < end) {
      LockSupport.parkNanos(end - System.nanoTime());
    }
  }
}
