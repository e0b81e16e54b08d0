package dev.freshcut.cdcconnector.kafka;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;

/**
 * Sends records and waits for all of their acknowledgements at once.
 *
 * <p>After a failure it stays failed: what followed the lost record may have been written, so the
 * stream has to be resumed from the last acknowledged position, with a new sender.
 *
 * <p>For one thread.
 */
public final class RecordSender implements AutoCloseable {
  private final Producer<byte[], byte[]> producer;
  private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();
  private final Callback callback =
      (metadata, e) -> {
        if (e != null) {
          failure.compareAndSet(null, e);
        }
      };

  /** Owns the producer. */
  public RecordSender(Producer<byte[], byte[]> producer) {
    this.producer = producer;
  }

  /**
   * Hands a record to the producer, unless an earlier one has failed; blocks while its buffer is
   * full.
   *
   * @throws KafkaException if an earlier record was not acknowledged
   */
  public void send(ProducerRecord<byte[], byte[]> record) {
    throwFailure();
    // The callback sees every failure; a future for each record would only be garbage.
    var unused = producer.send(record, callback);
  }

  /**
   * Returns once every record sent so far has been acknowledged.
   *
   * @throws KafkaException if one was not
   */
  public void awaitAcknowledgements() {
    producer.flush();
    throwFailure();
  }

  private void throwFailure() {
    Exception e = failure.get();
    if (e != null) {
      throw new KafkaException("Kafka did not acknowledge a record: " + e.getMessage(), e);
    }
  }

  /** Drops what has not been sent. */
  @Override
  public void close() {
    producer.close(Duration.ZERO);
  }
}
