package dev.freshcut.jobstreams.redis;

import dev.freshcut.jobstreams.store.JobStore;
import dev.freshcut.jobstreams.store.StoreUnavailableException;
import dev.freshcut.redisaccess.RedisCalls;
import dev.freshcut.redisaccess.Script;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;
import org.redisson.api.RScript.ReturnType;
import org.redisson.api.stream.StreamMessageId;
import org.redisson.api.stream.StreamMultiReadArgs;
import org.redisson.client.codec.StringCodec;

/** Calls on one queue. */
record Queue(RedisCalls redis, Keys keys, long shift) {
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

  /** Waits for an entry of the ready streams or of the signal, on a connection of its own. */
  void await(Cursors.News beyond, Duration atMost) throws InterruptedException {
    Map<String, StreamMessageId> ready = new HashMap<>();
    beyond.ready().forEach((priority, entry) -> ready.put(keys.ready(priority), entry));
    StreamMultiReadArgs args =
        StreamMultiReadArgs.greaterThan(beyond.signal(), ready).timeout(atMost).count(1);
    var unused =
        redis.blocking(
            "XREAD",
            atMost,
            () ->
                redis
                    .redisson()
                    .<String, String>getStream(keys.signal(), StringCodec.INSTANCE)
                    .readAsync(args));
  }
}
