package dev.freshcut.benchmarks.cache;

import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Values like those of a list in an API: records of times, names and numbers. */
final class Payload {
  static final TypeReference<List<Offer>> TYPE = new TypeReference<>() {};

  private static final int BYTES_PER_OFFER = 100;
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private Payload() {}

  /** One element of a list. */
  record Offer(long id, String name, String from, String until, long price) {}

  /** JSON of about so many bytes; the same for the same seed. */
  static byte[] json(int bytes, long seed) {
    Random random = new Random(seed);
    List<Offer> offers =
        IntStream.range(0, Math.max(1, bytes / BYTES_PER_OFFER))
            .mapToObj(
                i ->
                    new Offer(
                        random.nextInt(1_000_000),
                        Long.toString(random.nextLong() >>> 1, 36),
                        "2026-11-20T%02d:%02d".formatted(8 + i / 12 % 12, i % 12 * 5),
                        "2026-11-20T%02d:%02d".formatted(9 + i / 12 % 12, i % 12 * 5),
                        random.nextInt(100_000)))
            .toList();
    return JSON.writeValueAsBytes(offers);
  }

  static List<Offer> decode(byte[] json) {
    return JSON.readValue(json, TYPE);
  }
}
