package dev.freshcut.notificationworker.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Servers of names that are silent. */
class BoundedLookupTest {
  private final CountDownLatch over = new CountDownLatch(1);

  @AfterEach
  void end() {
    over.countDown();
  }

  /** As the system's look-up, which nobody can interrupt. */
  private InetAddress[] silent(String host) {
    boolean interrupted = false;
    while (over.getCount() > 0) {
      try {
        over.await();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    return new InetAddress[0];
  }

  @Test
  void answersOnThreadsOfThePlatform() throws Exception {
    try (BoundedLookup names =
        new BoundedLookup(
            host -> {
              assertThat(Thread.currentThread().isVirtual()).isFalse();
              return InetAddress.getAllByName("192.0.2.1");
            },
            Duration.ofSeconds(60))) {
      assertThat(names.of("hooks.example.org")).containsExactly(InetAddress.getByName("192.0.2.1"));
    }
  }

  @Test
  void unknownNamesAreUnknown() {
    try (BoundedLookup names =
        new BoundedLookup(
            host -> {
              throw new UnknownHostException("none such");
            },
            Duration.ofSeconds(60))) {
      assertThatThrownBy(() -> names.of("hooks.example.org"))
          .isInstanceOf(UnknownHostException.class)
          .hasMessage("none such");
    }
  }

  @Test
  void silenceHasAnEnd() {
    try (BoundedLookup names = new BoundedLookup(this::silent, Duration.ofMillis(50))) {
      assertThatThrownBy(() -> names.of("hooks.example.org"))
          .isInstanceOf(UnknownHostException.class)
          .hasMessageContaining("in time");
    }
  }

  /** As of a location with many webhooks on one host. */
  @Test
  void manyWhoAskForANameShareALookUp() throws Exception {
    AtomicInteger lookedUp = new AtomicInteger();
    CountDownLatch begun = new CountDownLatch(3 * BoundedLookup.THREADS);
    try (BoundedLookup names =
            new BoundedLookup(
                host -> {
                  lookedUp.incrementAndGet();
                  return silent(host);
                },
                Duration.ofSeconds(60));
        ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<InetAddress[]>> waiting = new ArrayList<>();
      try {
        for (int i = 0; i < 3 * BoundedLookup.THREADS; i++) {
          waiting.add(
              callers.submit(
                  () -> {
                    begun.countDown();
                    return names.of("hooks.example.org");
                  }));
        }
        begun.await();
      } finally {
        over.countDown();
      }
      for (Future<InetAddress[]> each : waiting) {
        assertThat(each.get()).isEmpty();
      }
      // Those that asked after its end, at worst, had another.
      assertThat(lookedUp.get()).isLessThan(BoundedLookup.THREADS);
    }
  }

  /** However often it is asked for. */
  @Test
  void aSilentNameKeepsOneThread() throws Exception {
    try (BoundedLookup names =
        new BoundedLookup(
            host -> host.startsWith("silent") ? silent(host) : new InetAddress[0],
            Duration.ofMillis(500))) {
      for (int i = 0; i < 2 * BoundedLookup.THREADS; i++) {
        assertThatThrownBy(() -> names.of("silent.example.org")).hasMessageContaining("in time");
      }
      assertThat(names.of("hooks.example.org")).isEmpty();
    }
  }

  @Test
  void whoWaitsForAThreadGetsOne() throws Exception {
    CountDownLatch asked = new CountDownLatch(BoundedLookup.THREADS);
    try (BoundedLookup names =
            new BoundedLookup(
                host -> {
                  asked.countDown();
                  return silent(host);
                },
                Duration.ofSeconds(60));
        ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<InetAddress[]>> waiting = new ArrayList<>();
      try {
        for (int i = 0; i < 20; i++) {
          String host = i + ".example.org";
          waiting.add(callers.submit(() -> names.of(host)));
        }
        asked.await();
      } finally {
        over.countDown();
      }
      for (Future<InetAddress[]> each : waiting) {
        assertThat(each.get()).isEmpty();
      }
    }
  }

  @Test
  void whoGetsNoneIsToldSo() throws Exception {
    CountDownLatch asked = new CountDownLatch(BoundedLookup.THREADS);
    try (BoundedLookup names =
            new BoundedLookup(
                host -> {
                  asked.countDown();
                  return silent(host);
                },
                Duration.ofMillis(200));
        ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < BoundedLookup.THREADS; i++) {
        String host = i + ".example.org";
        Future<InetAddress[]> unused = callers.submit(() -> names.of(host));
      }
      asked.await();

      assertThatThrownBy(() -> names.of("other.example.org"))
          .isInstanceOf(BoundedLookup.BusyException.class);
      over.countDown();
    }
  }
}
