package dev.freshcut.notificationworker.consuming;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.freshcut.notificationworker.reading.Reading.Poison;
import dev.freshcut.sharedevents.change.DeadLetterHeaders;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.springframework.kafka.core.KafkaAdmin;
import org.springframework.kafka.core.KafkaOperations;

/**
 * Sends records that can't be worked on to the dead-letter topic, with their origin and the reason
 * in headers. One may be sent again when its batch is.
 */
final class DeadLetters {
  private final KafkaOperations<byte[], byte[]> kafka;
  private final KafkaAdmin admin;
  private final String topic;
  private final Duration timeout;
  private volatile boolean topicExists;

  /**
   * Sends to a topic, which is made before the first letter if it is missing.
   *
   * @param timeout how long the brokers may take to acknowledge a letter
   */
  DeadLetters(
      KafkaOperations<byte[], byte[]> kafka, KafkaAdmin admin, String topic, Duration timeout) {
    this.kafka = kafka;
    this.admin = admin;
    this.topic = topic;
    this.timeout = timeout;
  }

  /** A record that can't be worked on, and why. */
  record Letter(ConsumerRecord<byte[], byte[]> origin, Poison poison) {}

  /** Sends letters and awaits their acknowledgement; throws if one is not acknowledged. */
  void send(List<Letter> letters) {
    if (letters.isEmpty()) {
      return;
    }
    if (!topicExists) {
      admin.createOrModifyTopics(new NewTopic(topic, Optional.empty(), Optional.empty()));
      topicExists = true;
    }
    List<CompletableFuture<?>> sent = new ArrayList<>();
    for (Letter letter : letters) {
      sent.add(
          kafka
              .send(recordOf(letter, false))
              .exceptionallyCompose(
                  e ->
                      rootOf(e) instanceof RecordTooLargeException
                          ? kafka.send(recordOf(letter, true))
                          : CompletableFuture.failedFuture(e)));
    }
    try {
      CompletableFuture.allOf(sent.toArray(CompletableFuture[]::new))
          .orTimeout(timeout.toMillis(), TimeUnit.MILLISECONDS)
          .join();
    } catch (CompletionException e) {
      topicExists = false;
      throw new IllegalStateException("the dead-letter topic " + topic + " takes nothing", e);
    }
  }

  private static Throwable rootOf(Throwable thrown) {
    Throwable root = thrown;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root;
  }

  private ProducerRecord<byte[], byte[]> recordOf(Letter letter, boolean withoutValue) {
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
