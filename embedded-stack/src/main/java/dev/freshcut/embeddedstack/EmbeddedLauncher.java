package dev.freshcut.embeddedstack;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Starts PostgreSQL and Redis as child processes and Kafka in this JVM. */
final class EmbeddedLauncher implements Launcher {
  private final ServersOptions options;
  private final FreePorts.Chooser ports;
  private @Nullable Shared shared;

  EmbeddedLauncher(ServersOptions options, FreePorts.Chooser ports) {
    this.options = options;
    this.ports = ports;
  }

  private record Shared(WorkDirectory work, Guard guard) {}

  /** Made on the first start, so that servers which nobody uses leave no trace. */
  private synchronized Shared shared() {
    Shared existing = shared;
    if (existing != null) {
      return existing;
    }
    Platform.current();
    WorkDirectory work = WorkDirectory.create();
    Shared made = new Shared(work, Guard.watch(work.path()));
    shared = made;
    return made;
  }

  private interface Start<T> {
    T start(Shared shared) throws InterruptedException;
  }

  private <T> T report(String name, Start<T> start, Function<T, String> address)
      throws InterruptedException {
    options.progress().accept(name + " is starting");
    long begin = System.nanoTime();
    T server = start.start(shared());
    options
        .progress()
        .accept(
            "%s is up on %s after %d ms"
                .formatted(name, address.apply(server), (System.nanoTime() - begin) / 1_000_000));
    return server;
  }

  @Override
  public PostgresServer postgres() throws InterruptedException {
    return report(
        "PostgreSQL 16",
        s -> EmbeddedPostgres.start(s.work(), s.guard(), options, ports),
        s -> s.host() + ":" + s.port());
  }

  @Override
  public KafkaServer kafka() throws InterruptedException {
    return report(
        "Kafka", s -> EmbeddedKafka.start(s.work(), options, ports), KafkaServer::bootstrapServers);
  }

  @Override
  public RedisServer redis() throws InterruptedException {
    return report(
        "Redis",
        s -> EmbeddedRedis.start(s.work(), s.guard(), options, ports),
        s -> s.host() + ":" + s.port());
  }

  @Override
  public InboxServer inbox() {
    return EmbeddedInbox.start(options, ports);
  }

  @Override
  public synchronized void close() {
    Shared made = shared;
    if (made != null) {
      shared = null;
      // The guard last: who dies in between still has it clear up.
      made.work().close();
      made.guard().close();
    }
  }
}
