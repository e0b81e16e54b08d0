package dev.freshcut.coherentcache.races;

import static org.awaitility.Awaitility.await;

import dev.freshcut.coherentcache.Answer;
import dev.freshcut.coherentcache.CoherentCache;
import dev.freshcut.coherentcache.Consistency;
import dev.freshcut.coherentcache.Eviction;
import dev.freshcut.coherentcache.Evictor;
import dev.freshcut.coherentcache.RedisCoherence;
import dev.freshcut.coherentcache.SnapshotSource;
import dev.freshcut.coherentcache.Sweeper;
import dev.freshcut.coherentcache.races.Stock.View;
import dev.freshcut.coherentcache.races.Truth.Expected;
import dev.freshcut.coherentcache.races.Truth.Item;
import dev.freshcut.coherentcache.spring.TransactionalSnapshotSource;
import dev.freshcut.embeddedstack.RedisServer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;
import tools.jackson.core.type.TypeReference;

/**
 * Writers, readers in several processes, a worker, one who evicts again what was evicted before, a
 * sweeper, and a Redis that falls back, all at once.
 */
final class Workload implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int WRITERS = 4;
  private static final int READERS = 4;
  private static final int JOINERS = 3;

  /** Short, so that the sweeper has something to sweep. */
  private static final Duration MAX_LOAD_TIME = Duration.ofSeconds(1);

  private static final TypeReference<Map<Integer, Item>> ITEMS = new TypeReference<>() {};

  final Truth truth = new Truth();
  final AtomicLong swept = new AtomicLong();

  private final long seed;
  private final Shop shop = new Shop();
  private final Stock stock = new Stock(shop, truth);
  private final SnapshotSource source;
  private final Evictor evictor;
  private final Worker worker;
  private final CoherentCache shared;

  /** Patient ones, for the checks at the end: a stall of the machine is no finding. */
  private final CoherentCache calmReader;

  private final Evictor calmEvictor;
  private final Crew writers = new Crew(truth.violations);
  private final Crew others = new Crew(truth.violations);

  /** A floor, and when it was read. */
  private record Horizon(long floor, Instant readAt) {}

  /**
   * @param tampering what is put between the cache and the database's snapshots
   */
  Workload(long seed, UnaryOperator<SnapshotSource> tampering) {
    this.seed = seed;
    source = tampering.apply(new TransactionalSnapshotSource(stock.manager, stock.pool));
    RedisCoherence process = process();
    evictor = process.evictor();
    worker = new Worker(shop, truth, stock::evictions, evictor, process.progress());
    shared = process.reader(source);
    RedisCoherence calm = shop.process(Duration.ofMinutes(1), Duration.ofSeconds(10));
    calmReader = calm.reader(source);
    calmEvictor = calm.evictor();
  }

  /** Short of patience, as nobody works while Redis is away. */
  private RedisCoherence process() {
    return shop.process(MAX_LOAD_TIME, Duration.ofMillis(500));
  }

  void start() {
    for (int i = 0; i < READERS; i++) {
      Random random = new Random(seed + 100 + i);
      CoherentCache alone = process().reader(source);
      others.hire("reader-" + i, 1, () -> read(alone, stock.anyView(random), true, random));
    }
    for (int i = 0; i < JOINERS; i++) {
      Random random = new Random(seed + 150 + i);
      View popular = stock.views.getFirst();
      // A joiner's hit may be older than its question, so it is not held against what was evicted.
      others.hire("joiner-" + i, 1, () -> read(shared, popular, false, random));
    }
    others.hire("worker", 2, worker::step);
    Random repeats = new Random(seed + 200);
    others.hire("repeater", 5, () -> evictAgain(repeats));
    Sweeper sweeper = process().sweeper();
    ArrayDeque<Horizon> horizons = new ArrayDeque<>();
    others.hire("sweeper", 20, () -> sweep(sweeper, horizons));
    for (int i = 0; i < WRITERS; i++) {
      Random random = new Random(seed + i);
      writers.hire("writer-" + i, 10, () -> write(random));
    }
  }

  private void write(Random random) {
    long xid = stock.change(random);
    if (xid != 0 && random.nextBoolean()) {
      evictor.evict(stock.evictions(xid));
    }
  }

  private void read(CoherentCache reader, View view, boolean strictHits, Random random) {
    List<Long> committed = truth.committed();
    long token =
        committed.isEmpty() || random.nextBoolean()
            ? 0
            : committed.get(committed.size() - 1 - random.nextInt(Math.min(8, committed.size())));
    int before = random.nextInt(6);
    int after = random.nextInt(10);
    Expected expected = truth.expected();
    Answer<Map<Integer, Item>> answer =
        reader.get(
            view.key(),
            ITEMS,
            token == 0 ? Consistency.EVENTUAL : Consistency.atLeast(token),
            () -> stock.query(view, before, after));
    if (!answer.value().keySet().equals(stock.itemsOf(view))) {
      truth.violations.add("mixed up: %s answered with %s".formatted(view.key(), answer));
    }
    truth.check(answer, expected, token, strictHits);
  }

  /** Evictions of the past, duplicated and out of order. */
  private void evictAgain(Random random) {
    List<Long> log = worker.log();
    if (!log.isEmpty()) {
      List<Eviction> again = new ArrayList<>();
      for (int i = 0; i < 5; i++) {
        again.addAll(stock.evictions(log.get(random.nextInt(log.size()))));
      }
      evictor.evict(again);
    }
  }

  private void sweep(Sweeper sweeper, ArrayDeque<Horizon> horizons) {
    Instant now = Instant.now();
    horizons.add(new Horizon(stock.horizon(), now));
    Instant old = now.minus(MAX_LOAD_TIME.multipliedBy(2));
    long horizon = 0;
    while (!horizons.isEmpty() && horizons.getFirst().readAt().isBefore(old)) {
      horizon = horizons.removeFirst().floor();
    }
    if (horizon > 0) {
      Sweeper.Step step = sweeper.step(horizon);
      swept.addAndGet(step.members() + step.tombstones());
    }
  }

  /** All work for a while; Redis saves, goes on, and comes back as it was when it saved. */
  void fallBack(RedisServer redis) {
    long hits = truth.hits.get();
    awaitUnlessViolated(() -> truth.hits.get() > hits + 200);
    redis.save();
    long lost = stock.changeSlowSeller();
    int place = worker.place();
    awaitUnlessViolated(() -> worker.hasDone(lost) && worker.place() > place + 50);
    truth.losing();
    redis.stop();
    redis.start();
    truth.lost();
  }

  private void awaitUnlessViolated(BooleanSupplier condition) {
    await().atMost(PATIENCE).until(() -> condition.getAsBoolean() || !truth.violations.isEmpty());
  }

  /** Lets the writers stop and the worker come to the end. */
  void drain() throws InterruptedException {
    writers.stop();
    others.stop();
    await().atMost(PATIENCE).until(worker::step);
  }

  /** I4: whatever is cached equals what the database has. Returns how many entries there were. */
  int compareEntries() {
    int cached = 0;
    for (View view : stock.views) {
      Map<Integer, Item> fresh = stock.query(view, 0, 0);
      Answer<Map<Integer, Item>> answer =
          calmReader.get(view.key(), ITEMS, Consistency.EVENTUAL, () -> fresh);
      cached += answer.source() instanceof Answer.Source.Hit ? 1 : 0;
      if (!answer.value().equals(fresh)) {
        truth.violations.add("I4: %s is %s, not %s".formatted(view.key(), answer, fresh));
      }
    }
    return cached;
  }

  int views() {
    return stock.views.size();
  }

  /** I2: evicting everything again, in any order, removes nothing. Returns what was removed. */
  long evictAllAgain() {
    List<Long> log = new ArrayList<>(worker.log());
    Collections.shuffle(log, new Random(seed));
    return log.stream().mapToLong(xid -> calmEvictor.evict(stock.evictions(xid))).sum();
  }

  String figures() {
    return "%d transactions, %d hits, %d loads, %d reads with a token, %d seeks, %d swept"
        .formatted(
            worker.log().size(),
            truth.hits.get(),
            truth.loads.get(),
            truth.checkedTokens.get(),
            worker.seeks(),
            swept.get());
  }

  @Override
  public void close() {
    stock.close();
  }
}
