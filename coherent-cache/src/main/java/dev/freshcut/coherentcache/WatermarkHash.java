package dev.freshcut.coherentcache;

import dev.freshcut.redisaccess.RedisCalls;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.redisson.api.RMap;
import org.redisson.api.RScript.ReturnType;
import org.redisson.client.codec.StringCodec;

/** The watermark, and the marks of evictions of all scopes, in one Redis hash. */
final class WatermarkHash implements Watermarks {
  private static final String COMMITTED_BEFORE = "committed-before";
  private static final String XID = "xid";
  private static final String HORIZON = "horizon";
  private static final String MARK = "evicted:";

  /** Stands for all families; no family has this name. */
  static final String EVERYTHING = "*";

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
   * @param marks by family, the highest transaction of an eviction of all its scopes; under {@link
   *     #EVERYTHING}, of an eviction of everything
   */
  record State(Optional<Watermark> watermark, Map<String, Long> marks) {}

  State state() {
    Map<String, String> stored = redis.within("HGETALL", map::readAllMapAsync);
    Map<String, Long> marks = new HashMap<>();
    stored.forEach(
        (field, value) -> {
          if (field.startsWith(MARK)) {
            marks.put(field.substring(MARK.length()), Long.parseLong(value));
          }
        });
    return new State(watermark(stored), marks);
  }

  @Override
  public Optional<Watermark> read() {
    return state().watermark();
  }

  @Override
  public OptionalLong everythingEvictedAt() {
    Long xid = state().marks().get(EVERYTHING);
    return xid == null ? OptionalLong.empty() : OptionalLong.of(xid);
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

  /** Tells readers of an eviction of all scopes, of one family or of {@link #EVERYTHING}. */
  void raiseMark(String family, long xid) {
    redis.<Long>script(
        Scripts.RAISE, ReturnType.LONG, List.of(keys.watermark()), MARK + family, xid);
  }
}
