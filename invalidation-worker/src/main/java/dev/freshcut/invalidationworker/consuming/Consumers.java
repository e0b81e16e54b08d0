package dev.freshcut.invalidationworker.consuming;

import dev.freshcut.invalidationworker.settings.WorkerSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.producer.Producer;

/** All consumers of this process, each on its own thread. */
public final class Consumers implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final List<ConsumerLoop> loops = new ArrayList<>();
  private final List<Thread> threads = new ArrayList<>();
  private final Producer<byte[], byte[]> producer;

  /** Makes them; none runs before {@link #start}. */
  public Consumers(Work work) {
    WorkerSettings settings = work.settings();
    KafkaClients clients = new KafkaClients(settings.kafka());
    this.producer = clients.deadLetterProducer();
    long acknowledgement = 2 * settings.kafka().requestTimeout().toMillis();
    for (int i = 0; i < settings.threads(); i++) {
      int number = i;
      loops.add(
          new ConsumerLoop(
              work,
              () -> clients.consumer(number),
              new DeadLetters(
                  producer,
                  clients::admin,
                  settings.topics().deadLetterTopic(),
                  acknowledgement,
                  work.listener())));
    }
  }

  /** Starts the threads. */
  public void start() {
    for (int i = 0; i < loops.size(); i++) {
      threads.add(Thread.ofPlatform().name("invalidation-" + i).start(loops.get(i)));
    }
  }

  /** One for each thread. */
  public List<ConsumerLoop> loops() {
    return loops;
  }

  @Override
  public void close() {
    loops.forEach(ConsumerLoop::stop);
    try {
      for (Thread thread : threads) {
        if (!thread.join(PATIENCE)) {
          thread.interrupt();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      producer.close(Duration.ofSeconds(1));
    }
  }
}
