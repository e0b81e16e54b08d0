package dev.freshcut.invalidationworker;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.freshcut.sharedevents.change.ChangeHeaders;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/** Stands in for the change connector: sends what it would. */
final class Changes implements AutoCloseable {
  private static final AtomicLong ids = new AtomicLong();

  private final String prefix;
  private final KafkaProducer<byte[], byte[]> producer;

  Changes(String prefix, String bootstrapServers) {
    this.prefix = prefix;
    this.producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", bootstrapServers, "client.id", prefix + "-changes"),
            new ByteArraySerializer(),
            new ByteArraySerializer());
  }

  /** A row of {@code public.items}. */
  static String item(int shop, String day, String shelf, int price) {
    return "{\"id\":%d,\"shop\":%d,\"day\":\"%sZ\",\"shelf\":\"%s\",\"price\":%d,\"note\":\"x\"}"
        .formatted(ids.incrementAndGet(), shop, day, shelf, price);
  }

  static String envelope(String table, String op, String before, String after, long xid) {
    String[] name = table.split("\\.", 2);
    return """
    {"before":%s,"after":%s,"source":{"version":"3.6.1.Final","connector":"postgresql",\
    "ts_ms":%d,"schema":"%s","table":"%s","txId":%d,"lsn":1},"op":"%s","ts_ms":%d}"""
        .formatted(
            before,
            after,
            Instant.now().toEpochMilli(),
            name[0],
            name[1],
            xid & 0xFFFF_FFFFL,
            op,
            Instant.now().toEpochMilli());
  }

  /** A new item. */
  void created(int shop, String day, String shelf, long xid) {
    send(
        "public.items", envelope("public.items", "c", "null", item(shop, day, shelf, 1), xid), xid);
  }

  void truncated(String table, long xid) {
    send(table, envelope(table, "t", "null", "null", xid), xid);
  }

  /** The connector's heartbeat. */
  void beat(Instant at, long xid, long horizon) {
    String table = "public.cdc_heartbeat";
    String row =
        "{\"id\":1,\"beat_at\":\"%s\",\"xid\":%d,\"horizon\":%d}".formatted(at, xid, horizon);
    send(table, envelope(table, "u", row, row, xid), xid);
  }

  void send(String table, @Nullable String value, @Nullable Long xid) {
    raw(prefix + "." + table, null, value == null ? null : value.getBytes(UTF_8), xid);
  }

  /** Any record; returns once the broker has it. */
  void raw(
      String topic, @Nullable Integer partition, byte @Nullable [] value, @Nullable Object xid) {
    RecordHeaders headers = new RecordHeaders();
    if (xid != null) {
      headers.add(ChangeHeaders.XID, xid.toString().getBytes(UTF_8));
    }
    try {
      producer.send(new ProducerRecord<>(topic, partition, key(), value, headers)).get();
    } catch (ExecutionException e) {
      throw new AssertionError(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  /** Sends without waiting. */
  void fast(String table, String value, long xid) {
    RecordHeaders headers = new RecordHeaders();
    headers.add(ChangeHeaders.XID, Long.toString(xid).getBytes(UTF_8));
    var unused =
        producer.send(
            new ProducerRecord<>(
                prefix + "." + table, null, key(), value.getBytes(UTF_8), headers));
  }

  void flush() {
    producer.flush();
  }

  private static byte[] key() {
    return ("{\"id\":" + ids.get() + "}").getBytes(UTF_8);
  }

  @Override
  public void close() {
    producer.close();
  }
}
