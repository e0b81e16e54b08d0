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

  @Test
  void silenceTakesAFewThreadsAtMost() throws Exception {
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
        for (int i = 0; i < BoundedLookup.THREADS; i++) {
          waiting.add(callers.submit(() -> names.of("hooks.example.org")));
        }
        asked.await();

        assertThatThrownBy(() -> names.of("other.example.org"))
            .isInstanceOf(UnknownHostException.class)
            .hasMessageContaining("too many");
      } finally {
        over.countDown();
      }
      for (Future<InetAddress[]> each : waiting) {
        assertThat(each.get()).isEmpty();
      }
    }
  }
}
