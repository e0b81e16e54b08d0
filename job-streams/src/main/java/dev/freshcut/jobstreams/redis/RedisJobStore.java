package dev.freshcut.jobstreams.redis;

import dev.freshcut.jobstreams.Enqueued;
import dev.freshcut.jobstreams.JobState;
import dev.freshcut.jobstreams.Names;
import dev.freshcut.jobstreams.Priority;
import dev.freshcut.jobstreams.store.Beat;
import dev.freshcut.jobstreams.store.Bounds;
import dev.freshcut.jobstreams.store.Fire;
import dev.freshcut.jobstreams.store.GroupPlan;
import dev.freshcut.jobstreams.store.JobRecord;
import dev.freshcut.jobstreams.store.JobStore;
import dev.freshcut.jobstreams.store.NewJob;
import dev.freshcut.jobstreams.store.Page;
import dev.freshcut.jobstreams.store.Progress;
import dev.freshcut.jobstreams.store.QueueStatus;
import dev.freshcut.jobstreams.store.RateLimit;
import dev.freshcut.jobstreams.store.Settlement;
import dev.freshcut.jobstreams.store.StoreUnavailableException;
import dev.freshcut.jobstreams.store.Taken;
import dev.freshcut.redisaccess.MemoryPolicy;
import dev.freshcut.redisaccess.RedisCalls;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.redisson.api.RedissonClient;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@link JobStore} over Redis 6.2 and later, single or clustered. Each operation is one script, and
 * so atomic, but for those on very many jobs ({@link #enqueue} of several megabytes, {@link
 * #cancelGroup} and {@link #plan} that cancel more than {@link #MOST_JOBS}, {@link #redriveAll},
 * {@link #purge}), which are several. While a worker waits it keeps one of the client's
 * connections.
 */
public final class RedisJobStore implements JobStore {
  /** Payload that is read or written at once, so that others wait for Redis some ms at most. */
  private static final int MOST_BYTES = 4_000_000;

  private static final Logger log = LoggerFactory.getLogger(RedisJobStore.class);

  private final RedisCalls redis;
  private final String namespace;
  private final LongSupplier shift;
  private final WorkerCalls workers = new WorkerCalls(this::on, MOST_BYTES);
  private volatile boolean policyChecked;

  /**
   * A store over a client, which stays the caller's to close. While Redis is away its memory policy
   * is not known; the first call then looks at it.
   *
   * @throws IllegalStateException if Redis may evict jobs, see {@link RedisJobStoreSettings}
   */
  public RedisJobStore(RedissonClient redisson, RedisJobStoreSettings settings) {
    this(redisson, settings, () -> 0);
  }

  /** With a clock that is moved by some ms: for tests. */
  public RedisJobStore(
      RedissonClient redisson, RedisJobStoreSettings settings, LongSupplier shift) {
    this.redis = new RedisCalls(redisson, settings.timeout(), StoreUnavailableException::new);
    this.namespace = settings.namespace();
    this.shift = shift;
    this.policyChecked = settings.anyEvictionPolicy();
    try {
      checkPolicy();
    } catch (StoreUnavailableException e) {
      log.warn("Redis is away ({}); its memory policy is checked once it answers", e.getMessage());
    }
  }

  private void checkPolicy() {
    if (!policyChecked) {
      MemoryPolicy.check(
          redis, "jobs, or the memory of those that are done", "any-eviction-policy=true");
      policyChecked = true;
    }
  }

  private Queue on(String queue) {
    checkPolicy();
    return new Queue(redis, new Keys(namespace, queue), shift.getAsLong());
  }

  @Override
  public List<Enqueued> enqueue(String queue, List<NewJob> jobs) {
    Bounds.atMost(jobs.size(), "jobs to enqueue");
    List<Enqueued> answers = new ArrayList<>();
    int begin = 0;
    while (begin < jobs.size()) {
      int end = begin;
      for (int bytes = 0; end < jobs.size() && bytes < MOST_BYTES; end++) {
        bytes += jobs.get(end).payload().length();
      }
      answers.addAll(on(queue).enqueue(jobs.subList(begin, end)));
      begin = end;
    }
    return answers;
  }

  @Override
  public long stamp(String queue) {
    Queue q = on(queue);
    return q.number(Scripts.STAMP, q.arguments());
  }

  @Override
  public List<Planned> plan(String queue, Duration remember, List<GroupPlan> plans) {
    Bounds.atMost(plans);
    return on(queue).plan(remember, plans);
  }

  @Override
  public Beat beat(String queue, String worker, Duration lease, int mostLosses) {
    return workers.beat(queue, worker, lease, mostLosses);
  }

  @Override
  public void leave(String queue, String worker) {
    workers.leave(queue, worker);
  }

  @Override
  public Taken take(String queue, String worker, int most, List<Priority> order) {
    return workers.take(queue, worker, most, order);
  }

  @Override
  public void await(String queue, String cursor, Duration atMost) throws InterruptedException {
    workers.await(queue, cursor, atMost);
  }

  @Override
  public List<Boolean> settle(String queue, String worker, List<Settlement> settlements) {
    return workers.settle(queue, worker, settlements);
  }

  @Override
  public void progress(String queue, List<Progress> progress) {
    workers.progress(queue, progress);
  }

  @Override
  public void schedule(String queue, String name, String definition, Instant next) {
    Names.check("schedule", name);
    if (definition.isEmpty()) {
      throw new IllegalArgumentException("schedule " + name + " has an empty definition");
    }
    Queue q = on(queue);
    q.number(Scripts.SCHEDULE, q.arguments().add(name).add(definition).add(next));
  }

  @Override
  public boolean unschedule(String queue, String name) {
    Queue q = on(queue);
    return q.yes(Scripts.SCHEDULE, q.arguments().add(name).add(""));
  }

  @Override
  public Map<String, Instant> schedules(String queue) {
    Queue q = on(queue);
    return Replies.schedules(q.list(Scripts.SCHEDULES, q.arguments()));
  }

  @Override
  public Optional<Enqueued> fire(String queue, Fire fire) {
    Queue q = on(queue);
    Arguments arguments = q.arguments().add(fire.schedule()).add(fire.definition());
    arguments.add(fire.due()).add(fire.next()).add(fire.job());
    return Replies.texts(q.list(Scripts.FIRE, arguments)).stream()
        .map(reply -> Replies.enqueued(fire.job().id(), reply))
        .findFirst();
  }

  @Override
  public Optional<JobRecord> find(String queue, String id) {
    Queue q = on(queue);
    List<Object> reply = q.list(Scripts.FIND, q.arguments().add(id));
    return reply.isEmpty() ? Optional.empty() : Optional.of(Replies.job(reply));
  }

  @Override
  public Page list(String queue, JobState state, @Nullable String cursor, int limit) {
    Bounds.some(limit, "jobs of a page");
    Queue q = on(queue);
    Arguments arguments = q.arguments().add(Keys.word(state));
    arguments.add(Cursors.page(state, cursor)).add(limit).add(MOST_BYTES);
    return Replies.page(q.list(Scripts.LIST, arguments));
  }

  @Override
  public QueueStatus status(String queue) {
    Queue q = on(queue);
    return Replies.status(queue, q.list(Scripts.STATUS, q.arguments()));
  }

  @Override
  public Cancelled cancel(String queue, String id, String reason) {
    Queue q = on(queue);
    return switch ((int) q.number(Scripts.CANCEL, q.arguments().add(reason).add(id))) {
      case 1 -> Cancelled.CANCELLED;
      case 2 -> Cancelled.ASKED;
      case 3 -> Cancelled.ENDED;
      default -> Cancelled.UNKNOWN;
    };
  }

  @Override
  public int cancelGroup(String queue, String group, String reason) {
    Queue q = on(queue);
    int cancelled = 0;
    String cursor = "0";
    do {
      Arguments arguments = q.arguments().add(reason).add(group).add(cursor).add(MOST_JOBS);
      List<Object> reply = q.list(Scripts.CANCEL_GROUP, arguments);
      cursor = RedisCalls.text(reply.get(0));
      cancelled += Replies.count(reply.get(1));
    } while (!cursor.equals("0"));
    return cancelled;
  }

  @Override
  public boolean runNow(String queue, String id) {
    Queue q = on(queue);
    return q.yes(Scripts.RUN_NOW, q.arguments().add(id));
  }

  @Override
  public boolean redrive(String queue, String id) {
    Queue q = on(queue);
    return !id.isEmpty() && q.yes(Scripts.REDRIVE, q.arguments().add(id));
  }

  @Override
  public int redriveAll(String queue, int most) {
    Queue q = on(queue);
    return Queue.inPortions(most, n -> q.number(Scripts.REDRIVE, q.arguments().add("").add(n)));
  }

  @Override
  public int purge(String queue, Instant diedBefore, int most) {
    Queue q = on(queue);
    return Queue.inPortions(
        most, n -> q.number(Scripts.PURGE, q.arguments().add(diedBefore).add(n)));
  }

  @Override
  public void pause(String queue) {
    Queue q = on(queue);
    q.number(Scripts.CONTROL, q.arguments().add("pause"));
  }

  @Override
  public void resume(String queue) {
    Queue q = on(queue);
    q.number(Scripts.CONTROL, q.arguments().add("resume"));
  }

  @Override
  public void limit(String queue, @Nullable RateLimit limit) {
    Queue q = on(queue);
    Arguments arguments = q.arguments().add(limit == null ? "unlimit" : "limit");
    if (limit != null) {
      arguments.add(Double.toString(limit.perSecond())).add(limit.burst());
    }
    q.number(Scripts.CONTROL, arguments);
  }

  @Override
  public boolean sweep(String queue) {
    Queue q = on(queue);
    return q.yes(Scripts.SWEEP, q.arguments().add(MOST_JOBS));
  }

  @Override
  public Instant now(String queue) {
    Queue q = on(queue);
    return Instant.ofEpochMilli(q.number(Scripts.NOW, q.arguments()));
  }
}
