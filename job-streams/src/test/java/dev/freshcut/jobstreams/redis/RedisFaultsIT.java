package dev.freshcut.jobstreams.redis;

import static dev.freshcut.jobstreams.store.TestJob.job;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.freshcut.embeddedstack.RedisServer;
import dev.freshcut.embeddedstack.Servers;
import dev.freshcut.jobstreams.Enqueued;
import dev.freshcut.jobstreams.Priority;
import dev.freshcut.jobstreams.store.GroupPlan;
import dev.freshcut.jobstreams.store.JobStore;
import dev.freshcut.jobstreams.store.NewJob;
import dev.freshcut.jobstreams.store.QueueStatus;
import dev.freshcut.jobstreams.store.Settlement;
import dev.freshcut.jobstreams.store.Settlement.Verdict;
import dev.freshcut.jobstreams.store.StoreUnavailableException;
import dev.freshcut.jobstreams.store.Taken;
import dev.freshcut.jobstreams.store.TakenJob;
import dev.freshcut.redisaccess.RedisCalls;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.redisson.Redisson;
import org.redisson.api.RedissonClient;

/** A Redis that goes away, forgets, is full, or has been used for something else. */
class RedisFaultsIT {
  private static final Servers SERVERS = Servers.create();
  private static final Duration LEASE = Duration.ofHours(1);
  private static final List<Priority> ORDER = List.of(Priority.values());

  private final RedisServer server = SERVERS.redis();
  private final RedissonClient redisson = Redisson.create(RedisBench.config(List.of(server.url())));
  private final AtomicLong shift = new AtomicLong();
  private final RedisJobStore store = store(Duration.ofSeconds(20));

  @BeforeEach
  void empty() {
    server.flush();
  }

  @AfterEach
  void disconnect() {
    redisson.shutdown();
  }

  @AfterAll
  static void stop() {
    SERVERS.close();
  }

  private RedisJobStore store(Duration timeout) {
    return new RedisJobStore(
        redisson, new RedisJobStoreSettings("jobs", timeout, false), shift::get);
  }

  private static ConditionFactory eventually() {
    return await().atMost(Duration.ofSeconds(60)).pollInterval(Duration.ofMillis(50));
  }

  private static List<NewJob> jobs(int count) {
    return IntStream.range(0, count).mapToObj(i -> job("j" + i).build()).toList();
  }

  private Taken take(JobStore from, int most) {
    from.beat("q", "w", LEASE, 5);
    return from.take("q", "w", most, ORDER);
  }

  private static List<Settlement> done(List<TakenJob> jobs) {
    return jobs.stream()
        .map(job -> new Settlement(job.id(), job.lease(), new Verdict.Done(null, null)))
        .toList();
  }

  @Test
  void scriptsThatRedisHasForgottenAreSentAgain() {
    server.command("SCRIPT FLUSH");
    store.enqueue("q", jobs(3));
    server.command("SCRIPT FLUSH");
    List<TakenJob> taken = take(store, 3).jobs();
    server.command("SCRIPT FLUSH");
    assertThat(store.settle("q", "w", done(taken))).containsExactly(true, true, true);
  }

  @Test
  void whatRedisHasSavedGoesOnAfterItsRestart() {
    store.enqueue("q", jobs(4));
    List<TakenJob> taken = take(store, 2).jobs();
    server.save();
    server.stop();
    assertThatThrownBy(() -> store(Duration.ofMillis(200)).enqueue("q", jobs(1)))
        .isInstanceOf(StoreUnavailableException.class);
    server.start();

    eventually().ignoreExceptions().until(() -> store.status("q").running() == 2);
    assertThat(store.settle("q", "w", done(taken))).containsExactly(true, true);
    assertThat(take(store, 9).jobs()).hasSize(2);
  }

  @Test
  void workGoesOnOnARedisThatHasForgottenEverything() {
    store.enqueue("q", jobs(2));
    List<TakenJob> taken = take(store, 1).jobs();
    long stamp = store.stamp("q");
    server.flush();

    assertThat(store.settle("q", "w", done(taken))).containsExactly(false);
    assertThat(store.take("q", "w", 1, ORDER).registered()).isFalse();
    assertThat(store.enqueue("q", jobs(1))).containsExactly(new Enqueued.Stored("j0"));
    assertThat(take(store, 9).jobs()).hasSize(1);
    assertThat(store.stamp("q")).as("drawn from the time").isGreaterThan(stamp);
  }

  @Test
  void jobsWhoseAnswerWasLostAreGivenByTheNextTake() {
    store.enqueue("q", jobs(20));
    RedisJobStore impatient = store(Duration.ofMillis(300));
    take(impatient, 1);
    Set<String> given = new TreeSet<>();
    // Redis gets the call, does it after the pause, and nobody waits for the answer any more.
    server.command("CLIENT PAUSE 1000");
    assertThatThrownBy(() -> impatient.take("q", "w", 5, ORDER))
        .isInstanceOf(StoreUnavailableException.class);

    List<TakenJob> taken = new ArrayList<>();
    eventually()
        .ignoreExceptions()
        .until(
            () -> {
              taken.addAll(impatient.take("q", "w", 5, ORDER).jobs());
              return true;
            });

    assertThat(store.status("q").running()).as("none but the first and these").isEqualTo(6);
    assertThat(taken).hasSize(5).allMatch(job -> job.attempt() == 1);
    taken.forEach(job -> given.add(job.id()));
    assertThat(given).hasSize(5);
    assertThat(store.settle("q", "w", done(taken))).doesNotContain(false);
  }

  @Test
  void aTakeIsAnsweredAgainButALateRepetitionGivesNothing() {
    store.enqueue("q", jobs(5));
    store.beat("q", "w", LEASE, 5);
    List<String> second = takeAs("c", 2, 1, 2);
    assertThat(second).containsExactly("j0", "j1");
    assertThat(takeAs("c", 2, 1, 2)).as("repeated").isEqualTo(second);
    assertThat(takeAs("c", 1, 0, 2)).as("late").isEmpty();
    assertThat(takeAs("c", 3, 2, 1)).as("answered meanwhile").containsExactly("j2");
    assertThat(takeAs("c", 5, 3, 9)).containsExactly("j3", "j4");
    assertThat(takeAs("c", 6, 3, 1)).as("of two that it does not know, one").hasSize(1);
    assertThat(takeAs("c", 7, 6, 9)).as("and the other, anew").hasSize(1);
    assertThat(takeAs("d", 1, 0, 9)).as("another client of the name").isEmpty();
    assertThat(store.status("q").running()).isEqualTo(5);
  }

  @Test
  void aRedisThatFellBackGivesNothingAgainThatItsWorkerStillRuns() {
    store.enqueue("q", jobs(3));
    store.beat("q", "w", LEASE, 5);
    assertThat(takeAs("c", 1, 0, 1)).containsExactly("j0");
    // Of the takes 2 and 3, which were answered, this Redis does not know.
    assertThat(takeAs("c", 4, 3, 1)).containsExactly("j1");
    assertThat(store.status("q").running()).isEqualTo(2);
  }

  @Test
  void aPlanCancelsALargeGroupInPortionsAndCountsOnceItIsDone() {
    for (int batch = 0; batch < 3; batch++) {
      String prefix = "g" + batch + "-";
      store.enqueue(
          "q", IntStream.range(0, 500).mapToObj(i -> job(prefix + i).group("g").build()).toList());
    }
    store.enqueue("q", List.of(job("wanted").group("g").build()));
    long stamp = store.stamp("q");
    Queue queue = queue();
    NewJob wanted = job("wanted").group("g").build();
    Arguments arguments = queue.arguments().add(Duration.ofDays(1)).add(900);
    arguments.add(new GroupPlan("g", stamp, List.of(wanted)));
    List<Object> portion = Replies.list(queue.list(Scripts.PLAN, arguments).get(0));
    assertThat(portion.stream().limit(2).map(Replies::count)).containsExactly(2, 900);
    assertThat(store.status("q").ready()).containsEntry(Priority.NORMAL, 601L);

    assertThat(store.plan("q", "g", stamp, Duration.ofDays(1), List.of(wanted)))
        .isEqualTo(new JobStore.Planned(true, List.of(new Enqueued.Known("wanted")), 600));
  }

  private Queue queue() {
    return new Queue(
        new RedisCalls(redisson, Duration.ofSeconds(20), StoreUnavailableException::new),
        new Keys("jobs", "q"),
        0);
  }

  private List<String> takeAs(String client, long number, long answered, int most) {
    Queue queue = queue();
    Arguments arguments = queue.arguments().add("w").add(most).add(client);
    arguments.add(number).add(answered).add(1_000_000);
    ORDER.forEach(priority -> arguments.add(Keys.word(priority)));
    return Replies.list(queue.list(Scripts.TAKE, arguments).get(3)).stream()
        .map(job -> Replies.taken(job).id())
        .toList();
  }

  @Test
  void aFullRedisRefusesJobsButWorksOffThoseItHas() {
    store.enqueue("q", jobs(100));
    take(store, 1);
    server.command("CONFIG SET maxmemory-policy noeviction");
    server.command("CONFIG SET maxmemory 1000000");
    try {
      assertThatThrownBy(() -> store.enqueue("q", List.of(job("more").build())))
          .isInstanceOf(StoreUnavailableException.class)
          .hasMessageContaining("maxmemory");

      assertThat(store.beat("q", "w", LEASE, 5).renewed()).isTrue();
      List<TakenJob> taken = store.take("q", "w", 60, ORDER).jobs();
      assertThat(taken).hasSize(60);
      assertThat(store.settle("q", "w", done(taken))).doesNotContain(false);
      store.leave("q", "w");
      assertThat(store.find("q", "more")).as("refused as a whole").isEmpty();
      assertThat(store.status("q").ready()).containsEntry(Priority.NORMAL, 40L);
    } finally {
      server.command("CONFIG SET maxmemory 0");
      server.command("CONFIG SET maxmemory-policy volatile-lru");
    }
    assertThat(store.enqueue("q", List.of(job("more").build())))
        .containsExactly(new Enqueued.Stored("more"));
  }

  @Test
  void keysOfSomebodyElseAreSaidToBe() {
    for (String key : List.of("job:j0", "ready:normal", "scheduled", "counters")) {
      server.flush();
      server.command("SET jobs:{q}:" + key + " theirs");
      assertThatThrownBy(
              () -> {
                store.enqueue("q", jobs(1));
                store.find("q", "j0");
                store.status("q");
              })
          .as(key)
          .isInstanceOf(StoreUnavailableException.class)
          .hasMessageContaining("jobs:{q}:")
          .hasMessageContaining("namespace");
    }
  }

  @Test
  void jobsThatSomebodyDeletedHoldNobodyUp() {
    store.enqueue("q", List.of(job("ready").build(), job("running").build(), job("dead").build()));
    store.enqueue("q", List.of(job("soon").runAt(store.now("q").plusSeconds(60)).build()));
    List<TakenJob> taken = take(store, 3).jobs();
    TakenJob dead = taken.getLast();
    store.settle(
        "q", "w", List.of(new Settlement(dead.id(), dead.lease(), new Verdict.Dead("bad"))));
    store.settle(
        "q",
        "w",
        List.of(
            new Settlement(
                "ready",
                taken.getFirst().lease(),
                new Verdict.Release("later", Duration.ZERO, false))));
    for (String id : List.of("ready", "running", "dead", "soon")) {
      server.command("DEL jobs:{q}:job:" + id);
    }
    store.enqueue("q", List.of(job("well").build()));

    shift.set(Duration.ofMinutes(2).toMillis());
    assertThat(store.status("q").overdue()).isEqualTo(1);
    assertThat(take(store, 9).jobs()).extracting(TakenJob::id).containsExactly("well");
    store.redriveAll("q", 9);
    store.leave("q", "w");

    QueueStatus status = store.status("q");
    assertThat(status.running()).isZero();
    assertThat(status.scheduled()).isZero();
    assertThat(status.dead()).isZero();
    assertThat(status.ready()).containsEntry(Priority.NORMAL, 1L);
  }

  @Test
  void aLetterOfOneThatIsNotDeadTakesNothingWithIt() {
    store.enqueue("q", jobs(1));
    server.command("XADD jobs:{q}:dead * id j0 at 1");
    assertThat(store.purge("q", store.now("q"), 9)).isEqualTo(1);
    assertThat(store.status("q").dead()).isZero();
    assertThat(take(store, 9).jobs()).extracting(TakenJob::id).containsExactly("j0");
  }

  @Test
  void aRedisThatMayEvictJobsIsRefused() {
    server.command("CONFIG SET maxmemory-policy allkeys-lru");
    try {
      assertThatThrownBy(() -> store(Duration.ofSeconds(20)))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("allkeys-lru")
          .hasMessageContaining("any-eviction-policy=true");
      RedisJobStoreSettings any = new RedisJobStoreSettings("jobs", Duration.ofSeconds(20), true);
      assertThat(new RedisJobStore(redisson, any).enqueue("q", jobs(1))).hasSize(1);
    } finally {
      server.command("CONFIG SET maxmemory-policy volatile-lru");
    }
  }

  @Test
  void aRedisThatIsAwayIsLookedAtWhenItComesBack() {
    server.stop();
    RedissonClient other = Redisson.create(RedisBench.config(List.of(server.url())));
    try {
      RedisJobStore early =
          new RedisJobStore(
              other, new RedisJobStoreSettings("jobs", Duration.ofMillis(500), false));
      assertThatThrownBy(() -> early.status("q")).isInstanceOf(StoreUnavailableException.class);
      server.start();
      server.command("CONFIG SET maxmemory-policy allkeys-lfu");
      eventually()
          .untilAsserted(
              () ->
                  assertThatThrownBy(() -> early.status("q"))
                      .isInstanceOf(IllegalStateException.class));
      server.command("CONFIG SET maxmemory-policy noeviction");
      eventually().ignoreExceptions().until(() -> early.stamp("q") > 0);
    } finally {
      server.start();
      server.command("CONFIG SET maxmemory-policy volatile-lru");
      other.shutdown();
    }
  }
}
