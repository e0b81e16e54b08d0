package dev.freshcut.quickstart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class TeardownTest {
  private final List<String> stopped = new CopyOnWriteArrayList<>();
  private final Teardown teardown = new Teardown(Duration.ofSeconds(30));

  @Test
  void stopsTheLastPartFirstAndEachOnce() {
    teardown.add("a", () -> stopped.add("a"));
    teardown.add("b", () -> stopped.add("b"));

    teardown.close();
    teardown.close();

    assertThat(stopped).containsExactly("b", "a");
    assertThat(teardown.empty()).isTrue();
  }

  @Test
  void goesOnAfterAPartThatFails() {
    teardown.add("a", () -> stopped.add("a"));
    teardown.add(
        "b",
        () -> {
          throw new IllegalStateException("on purpose");
        });

    teardown.close();

    assertThat(stopped).containsExactly("a");
  }

  @Test
  void leavesBehindAPartThatHangs() {
    CountDownLatch never = new CountDownLatch(1);
    Teardown impatient = new Teardown(Duration.ofMillis(20));
    impatient.add("a", () -> stopped.add("a"));
    impatient.add("b", never::await);

    impatient.close();
    // So impatient a teardown does not wait for a part that is slow to begin, either.
    await().atMost(Duration.ofSeconds(60)).until(() -> !stopped.isEmpty());

    assertThat(stopped).containsExactly("a");
  }

  @Test
  void whoeverClosesItAgainWaitsForTheFirst() throws InterruptedException {
    CountDownLatch release = new CountDownLatch(1);
    CountDownLatch begun = new CountDownLatch(1);
    teardown.add(
        "a",
        () -> {
          begun.countDown();
          release.await();
          stopped.add("a");
        });
    Thread first = Thread.ofPlatform().start(teardown::close);
    begun.await();

    Thread second = Thread.ofPlatform().start(teardown::close);
    await("the second to wait")
        .atMost(Duration.ofSeconds(60))
        .until(() -> second.getState() == Thread.State.BLOCKED);
    release.countDown();
    second.join();

    assertThat(stopped).containsExactly("a");
    first.join();
  }

  @Test
  void stopsAtOnceWhatIsAddedTooLate() {
    teardown.close();

    assertThatThrownBy(() -> teardown.add("late", () -> stopped.add("late")))
        .isInstanceOf(CancellationException.class)
        .hasMessageContaining("late");
    assertThat(stopped).containsExactly("late");
  }
}
