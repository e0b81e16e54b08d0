package dev.freshcut.embeddedstack;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The life cycle of a set of servers, whatever their kind: lazy start, one close, exit hook. */
final class LazyServers implements Servers {
  private static final Logger log = LoggerFactory.getLogger(LazyServers.class);
  private static final Duration START_ABANDONED_AFTER = Duration.ofSeconds(20);
  private static final Duration INTERRUPT_EVERY = Duration.ofMillis(200);

  private final Launcher launcher;
  private final Slot<PostgresServer> postgres;
  private final Slot<KafkaServer> kafka;
  private final Slot<RedisServer> redis;
  private final Slot<InboxServer> inbox;
  private final AtomicBoolean closed = new AtomicBoolean();
  private final AtomicReference<@Nullable RuntimeException> failure = new AtomicReference<>();
  private @Nullable Thread exitHook;

  private LazyServers(Launcher launcher) {
    this.launcher = launcher;
    this.postgres = new Slot<>("PostgreSQL", launcher::postgres);
    this.kafka = new Slot<>("Kafka", launcher::kafka);
    this.redis = new Slot<>("Redis", launcher::redis);
    this.inbox = new Slot<>("The inbox", launcher::inbox);
  }

  static LazyServers of(ServersOptions options, Launcher launcher) {
    LazyServers servers = new LazyServers(launcher);
    if (options.stopOnExit()) {
      Thread hook = new Thread(servers::stopEverything, "servers-exit");
      Runtime.getRuntime().addShutdownHook(hook);
      servers.exitHook = hook;
    }
    return servers;
  }

  @Override
  public PostgresServer postgres() {
    return postgres.get();
  }

  @Override
  public KafkaServer kafka() {
    return kafka.get();
  }

  @Override
  public RedisServer redis() {
    return redis.get();
  }

  @Override
  public InboxServer inbox() {
    return inbox.get();
  }

  @Override
  public Servers startAll() {
    try (ExecutorService pool = Executors.newFixedThreadPool(4)) {
      List<CompletableFuture<?>> starts =
          List.of(
              CompletableFuture.supplyAsync(kafka::get, pool),
              CompletableFuture.supplyAsync(postgres::get, pool),
              CompletableFuture.supplyAsync(redis::get, pool),
              CompletableFuture.supplyAsync(inbox::get, pool));
      CompletableFuture.allOf(starts.toArray(CompletableFuture[]::new)).join();
      return this;
    } catch (CompletionException e) {
      // The first failure closes everything, which makes the other starts fail: report the first.
      RuntimeException first = failure.get();
      if (first != null) {
        throw first;
      }
      throw e;
    }
  }

  @Override
  public void close() {
    stopEverything();
    Thread hook = exitHook;
    if (hook != null) {
      try {
        Runtime.getRuntime().removeShutdownHook(hook);
      } catch (IllegalStateException e) {
        log.debug("The JVM is ending; its hook stays", e);
      }
    }
  }

  private void stopEverything() {
    if (closed.getAndSet(true)) {
      return;
    }
    inbox.close();
    kafka.close();
    redis.close();
    postgres.close();
    launcher.close();
  }

  private void fail(RuntimeException reason) {
    if (!closed.get()) {
      failure.compareAndSet(null, reason);
    }
    close();
  }

  private interface Start<T> {
    T start() throws InterruptedException;
  }

  /** One server: not started, starting, started or closed, all under its lock. */
  private final class Slot<T extends AutoCloseable> {
    private final String name;
    private final Start<T> start;
    private final ReentrantLock lock = new ReentrantLock();
    private volatile @Nullable Thread starter;
    private @Nullable T server;

    Slot(String name, Start<T> start) {
      this.name = name;
      this.start = start;
    }

    T get() {
      lock.lock();
      RuntimeException fault;
      try {
        if (closed.get()) {
          throw new IllegalStateException("the servers are closed", failure.get());
        }
        T running = server;
        if (running == null) {
          starter = Thread.currentThread();
          running = start.start();
          server = running;
        }
        return running;
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        fault = new ServerStartException(name, "its start was interrupted", "Start again", e);
      } catch (RuntimeException e) {
        fault = e;
      } finally {
        starter = null;
        lock.unlock();
      }
      // INVARIANT: nobody closes everything while holding a slot, so closing cannot deadlock.
      fail(fault);
      throw fault;
    }

    /** Interrupts again and again: a start may begin just after a look, or not heed the first. */
    private boolean lockedAfterInterrupting() throws InterruptedException {
      long deadline = System.nanoTime() + START_ABANDONED_AFTER.toNanos();
      while (System.nanoTime() < deadline) {
        Thread starting = starter;
        if (starting != null) {
          starting.interrupt();
        }
        if (lock.tryLock(INTERRUPT_EVERY.toMillis(), TimeUnit.MILLISECONDS)) {
          return true;
        }
      }
      return false;
    }

    void close() {
      try {
        if (!lockedAfterInterrupting()) {
          log.warn("{} is still starting; it is left to end with this JVM", name);
          return;
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
      try {
        T running = server;
        server = null;
        if (running != null) {
          running.close();
        }
      } catch (Exception e) {
        log.warn("{} did not stop cleanly; it ends with this JVM", name, e);
      } finally {
        lock.unlock();
      }
    }
  }
}
