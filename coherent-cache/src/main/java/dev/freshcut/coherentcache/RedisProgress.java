package dev.freshcut.coherentcache;

import dev.freshcut.redisaccess.RedisCalls;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.redisson.api.RMap;
import org.redisson.api.RScript.Mode;
import org.redisson.api.RScript.ReturnType;
import org.redisson.client.codec.StringCodec;

/** {@link ProgressStore} over Redis, and the recording of progress. */
final class RedisProgress implements ProgressStore {
  private static final String RUN_ID =
      "return string.match(redis.call('INFO', 'server'), 'run_id:(%w+)')";

  private final RedisCalls redis;
  private final Keys keys;
  private final RMap<String, String> map;

  /** The server that is believed to be there; null until it is asked, and after a conflict. */
  private volatile @Nullable String runId;

  RedisProgress(RedisCalls redis, Keys keys) {
    this.redis = redis;
    this.keys = keys;
    this.map = redis.redisson().getMap(keys.progress(), StringCodec.INSTANCE);
  }

  @Override
  public Map<String, String> positions() {
    return Map.copyOf(redis.within("HGETALL", map::readAllMapAsync));
  }

  /**
   * The identity of the server process, asked before evictions whose progress is to be recorded.
   */
  String server() {
    String known = runId;
    if (known == null) {
      known =
          redis.within(
              "INFO",
              () ->
                  redis
                      .redisson()
                      .getScript(StringCodec.INSTANCE)
                      .<String>evalAsync(
                          keys.progress(),
                          Mode.READ_WRITE,
                          RUN_ID,
                          ReturnType.VALUE,
                          List.of(keys.progress())));
      runId = known;
    }
    return known;
  }

  /** Records progress made with evictions that {@code server} has confirmed. */
  void record(Progress progress, String server) {
    List<Object> arguments = new ArrayList<>();
    arguments.add(server);
    arguments.add(progress.expected().size());
    arguments.add(progress.positions().size());
    addPairs(progress.expected(), arguments);
    addPairs(progress.positions(), arguments);
    Watermark watermark = progress.watermark();
    if (watermark != null) {
      arguments.addAll(WatermarkHash.fields(watermark));
    }
    Long reply =
        redis.script(
            Scripts.RECORD,
            ReturnType.LONG,
            List.of(keys.progress(), keys.watermark()),
            arguments.toArray());
    if (reply == 1) {
      return;
    }
    runId = null;
    throw new ProgressConflictException(
        reply == 0
            ? "Redis does not hold the positions last recorded; it has lost some, or another"
                + " worker has moved on"
            : "Redis was restarted or replaced while evictions were under way");
  }

  private static void addPairs(Map<String, String> pairs, List<Object> arguments) {
    pairs.forEach(
        (name, value) -> {
          arguments.add(name);
          arguments.add(value);
        });
  }
}
