package dev.freshcut.jobstreams.redis;

import dev.freshcut.jobstreams.Enqueued;
import dev.freshcut.jobstreams.store.GroupPlan;
import dev.freshcut.jobstreams.store.JobStore;
import dev.freshcut.jobstreams.store.NewJob;
import dev.freshcut.jobstreams.store.StoreUnavailableException;
import dev.freshcut.redisaccess.RedisCalls;
import dev.freshcut.redisaccess.Script;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;
import org.redisson.api.RScript.ReturnType;
import org.redisson.api.RStream;
import org.redisson.api.stream.StreamMessageId;
import org.redisson.api.stream.StreamMultiReadArgs;
import org.redisson.client.codec.StringCodec;

/** Calls on one queue. */
record Queue(RedisCalls redis, Keys keys, long shift) {
  private static final Duration LONGEST_READ = Duration.ofSeconds(2);

  Arguments arguments() {
    return new Arguments().add(shift);
  }

  List<Object> list(Script script, Arguments arguments) {
    return call(script, ReturnType.LIST, arguments);
  }

  long number(Script script, Arguments arguments) {
    return this.<Long>call(script, ReturnType.LONG, arguments);
  }

  @SuppressWarnings("TypeParameterUnusedInFormals") // decided by the return type argument
  private <T> T call(Script script, ReturnType type, Arguments arguments) {
    try {
      return redis.script(script, type, keys.all(), arguments.toArray());
    } catch (StoreUnavailableException e) {
      String message = String.valueOf(e.getMessage());
      throw message.contains("WRONGTYPE")
          ? new StoreUnavailableException(
              script.name()
                  + ": a key that begins with "
                  + keys.prefix()
                  + " is somebody else's (look with TYPE); give the job store a namespace of its own",
              e)
          : e;
    }
  }

  boolean yes(Script script, Arguments arguments) {
    return number(script, arguments) == 1;
  }

  /** Stores jobs in one call. */
  List<Enqueued> enqueue(List<NewJob> jobs) {
    Arguments arguments = arguments();
    jobs.forEach(arguments::add);
    return Replies.enqueued(jobs, list(Scripts.ENQUEUE, arguments));
  }

  /** Makes groups equal to plans, in one call unless very many jobs are to be cancelled. */
  List<JobStore.Planned> plan(Duration remember, List<GroupPlan> plans) {
    List<JobStore.Planned> made = new ArrayList<>();
    int cancelled = 0;
    while (made.size() < plans.size()) {
      Arguments arguments = arguments().add(remember).add(JobStore.MOST_JOBS);
      plans.subList(made.size(), plans.size()).forEach(arguments::add);
      for (Object one : list(Scripts.PLAN, arguments)) {
        List<Object> reply = Replies.list(one);
        int accepted = Replies.count(reply.get(0));
        cancelled += Replies.count(reply.get(1));
        if (accepted < 2) {
          made.add(planned(accepted == 1, plans.get(made.size()), reply.get(2), cancelled));
          cancelled = 0;
        }
      }
    }
    return made;
  }

  private static JobStore.Planned planned(
      boolean accepted, GroupPlan plan, Object answers, int cancelled) {
    return new JobStore.Planned(
        accepted, accepted ? Replies.enqueued(plan.jobs(), answers) : List.of(), cancelled);
  }

  /** Calls a script that does at most so many, until all are done or there are no more. */
  static int inPortions(int most, ToLongFunction<Integer> call) {
    int sum = 0;
    while (sum < most) {
      int portion = Math.min(most - sum, JobStore.MOST_JOBS);
      long done = call.applyAsLong(portion);
      sum += (int) done;
      if (done < portion) {
        break;
      }
    }
    return sum;
  }

  /**
   * Waits for an entry of the ready streams or of the signal, in short reads, because the
   * connection of one whose caller was interrupted is in use until its end.
   */
  void await(Cursors.News beyond, Duration atMost) throws InterruptedException {
    Map<String, StreamMessageId> ready = new HashMap<>();
    beyond.ready().forEach((priority, entry) -> ready.put(keys.ready(priority), entry));
    long end = System.nanoTime() + atMost.toNanos();
    boolean news = false;
    for (Duration left = atMost; !news && left.toMillis() > 0; left = until(end)) {
      Duration slice = left.compareTo(LONGEST_READ) < 0 ? left : LONGEST_READ;
      StreamMultiReadArgs args =
          StreamMultiReadArgs.greaterThan(beyond.signal(), ready).timeout(slice).count(1);
      var entries = redis.blocking("XREAD", slice, () -> signal().readAsync(args));
      news = entries != null && !entries.isEmpty();
    }
  }

  private RStream<String, String> signal() {
    return redis.redisson().getStream(keys.signal(), StringCodec.INSTANCE);
  }

  private static Duration until(long nanoTime) {
    return Duration.ofNanos(nanoTime - System.nanoTime());
  }
}
