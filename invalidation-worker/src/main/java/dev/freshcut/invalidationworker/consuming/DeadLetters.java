package dev.freshcut.invalidationworker.consuming;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.freshcut.sharedevents.change.DeadLetterHeaders;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends records that can't be worked on to the dead-letter topic, with their origin and the reason
 * in headers. For use by one thread.
 */
final class DeadLetters {
  private static final Logger log = LoggerFactory.getLogger(DeadLetters.class);

  private final Producer<byte[], byte[]> producer;
  private final Supplier<Admin> admins;
  private final String topic;
  private final long timeoutMillis;
  private final WorkerListener listener;
  private boolean topicExists;

  /** Acknowledged, but not yet behind the recorded positions; not sent again when read again. */
  private final Set<Origin> acknowledged = new HashSet<>();

  /**
   * Uses a producer, which others may use as well.
   *
   * @param admins to make the topic where the brokers do not make topics by themselves
   * @param timeoutMillis how long the brokers may take to acknowledge a batch; more than the
   *     producer's own delivery timeout
   * @param listener is told of each letter once it is acknowledged
   */
  DeadLetters(
      Producer<byte[], byte[]> producer,
      Supplier<Admin> admins,
      String topic,
      long timeoutMillis,
      WorkerListener listener) {
    this.producer = producer;
    this.admins = admins;
    this.topic = topic;
    this.timeoutMillis = timeoutMillis;
    this.listener = listener;
  }

  private record Origin(TopicPartition partition, long offset) {
    static Origin of(ConsumerRecord<byte[], byte[]> record) {
      return new Origin(new TopicPartition(record.topic(), record.partition()), record.offset());
    }
  }

  /**
   * Sends letters, but for those that an earlier attempt has brought there, and awaits their
   * acknowledgement.
   *
   * @throws DeadLetterException if one is not acknowledged; to be called again with the same
   */
  void send(List<DeadLetter> letters) {
    List<DeadLetter> sent = new ArrayList<>();
    List<Future<RecordMetadata>> acknowledgements = new ArrayList<>();
    try {
      for (DeadLetter letter : letters) {
        if (!acknowledged.contains(Origin.of(letter.origin()))) {
          makeTopic();
          sent.add(letter);
          acknowledgements.add(producer.send(recordOf(letter, false)));
        }
      }
      for (int i = 0; i < sent.size(); i++) {
        DeadLetter letter = sent.get(i);
        await(letter, acknowledgements.get(i));
        acknowledged.add(Origin.of(letter.origin()));
        listener.deadLettered(letter.poison().kind());
      }
    } catch (InterruptException e) {
      throw e;
    } catch (ExecutionException e) {
      topicExists = false;
      throw new DeadLetterException(topic, e.getCause() == null ? e : e.getCause());
    } catch (TimeoutException | KafkaException e) {
      topicExists = false;
      throw new DeadLetterException(topic, e);
    } catch (InterruptedException e) {
      throw new InterruptException(e);
    }
  }

  /** Before the first letter, and after each failure: somebody may have deleted the topic. */
  private void makeTopic() throws InterruptedException {
    if (topicExists) {
      return;
    }
    Admin admin = admins.get();
    try {
      admin
          .createTopics(List.of(new NewTopic(topic, Optional.empty(), Optional.empty())))
          .all()
          .get();
      log.info("made the dead-letter topic {}", topic);
    } catch (ExecutionException e) {
      if (!(e.getCause() instanceof TopicExistsException)) {
        log.warn(
            "can't make the topic {} ({}); sending in case that it exists", topic, e.getMessage());
      }
    } finally {
      admin.close(Duration.ZERO);
    }
    topicExists = true;
  }

  /** The positions behind all letters sent so far have been recorded. */
  void recorded() {
    acknowledged.clear();
  }

  private void await(DeadLetter letter, Future<RecordMetadata> acknowledgement)
      throws InterruptedException, ExecutionException, TimeoutException {
    try {
      acknowledgement.get(timeoutMillis, TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      if (!(e.getCause() instanceof RecordTooLargeException)) {
        throw e;
      }
      // The original just fitted in; with the headers it does not. Its origin is in them.
      producer.send(recordOf(letter, true)).get(timeoutMillis, TimeUnit.MILLISECONDS);
    }
  }

  private ProducerRecord<byte[], byte[]> recordOf(DeadLetter letter, boolean withoutValue) {
    ConsumerRecord<byte[], byte[]> origin = letter.origin();
    Headers headers = new RecordHeaders(origin.headers());
    put(headers, DeadLetterHeaders.KIND, letter.poison().kind());
    put(headers, DeadLetterHeaders.REASON, letter.poison().reason());
    Throwable cause = letter.poison().cause();
    if (cause != null) {
      put(headers, DeadLetterHeaders.EXCEPTION, cause.getClass().getName());
    }
    put(headers, DeadLetterHeaders.TOPIC, origin.topic());
    put(headers, DeadLetterHeaders.PARTITION, Integer.toString(origin.partition()));
    put(headers, DeadLetterHeaders.OFFSET, Long.toString(origin.offset()));
    put(headers, DeadLetterHeaders.TIMESTAMP, Long.toString(origin.timestamp()));
    byte[] value = origin.value();
    if (withoutValue && value != null) {
      put(headers, DeadLetterHeaders.OMITTED_BYTES, Integer.toString(value.length));
      value = null;
    }
    return new ProducerRecord<>(topic, null, origin.key(), value, headers);
  }

  private static void put(Headers headers, String name, String value) {
    headers.remove(name);
    headers.add(name, value.getBytes(UTF_8));
  }
}
