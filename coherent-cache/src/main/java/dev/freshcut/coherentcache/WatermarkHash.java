package dev.freshcut.coherentcache;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.redisson.api.RMap;
import org.redisson.api.RScript.ReturnType;
import org.redisson.client.codec.StringCodec;

/** The watermark, and the highest eviction of everything, in one Redis hash. */
final class WatermarkHash implements Watermarks {
  private static final String COMMITTED_BEFORE = "committed-before";
  private static final String XID = "xid";
  private static final String HORIZON = "horizon";
  private static final String EVERYTHING = "everything";

  private final RedisCalls redis;
  private final Keys keys;
  private final RMap<String, String> map;

  WatermarkHash(RedisCalls redis, Keys keys) {
    this.redis = redis;
    this.keys = keys;
    this.map = redis.redisson().getMap(keys.watermark(), StringCodec.INSTANCE);
  }

  /**
   * The hash at one moment.
   *
   * @param everything highest transaction of an eviction of everything; -1 if there was none
   */
  record State(Optional<Watermark> watermark, long everything) {}

  State state() {
    Map<String, String> stored = redis.within("HGETALL", map::readAllMapAsync);
    return new State(watermark(stored), Long.parseLong(stored.getOrDefault(EVERYTHING, "-1")));
  }

  @Override
  public Optional<Watermark> read() {
    return state().watermark();
  }

  private static Optional<Watermark> watermark(Map<String, String> stored) {
    String committedBefore = stored.get(COMMITTED_BEFORE);
    String xid = stored.get(XID);
    String horizon = stored.get(HORIZON);
    if (committedBefore == null || xid == null || horizon == null) {
      return Optional.empty();
    }
    return Optional.of(
        new Watermark(
            Instant.parse(committedBefore), Long.parseLong(xid), Long.parseLong(horizon)));
  }

  /** Fields and values, as {@code record.lua} takes them. */
  static List<Object> fields(Watermark watermark) {
    return List.of(
        COMMITTED_BEFORE, watermark.committedBefore(),
        XID, watermark.xid(),
        HORIZON, watermark.horizon());
  }

  void raiseEverything(long xid) {
    redis.<Long>script(Script.RAISE, ReturnType.LONG, List.of(keys.watermark()), EVERYTHING, xid);
  }
}
