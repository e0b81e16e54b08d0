package dev.freshcut.jobstreams.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshcut.jobstreams.JobListener;
import dev.freshcut.jobstreams.store.JobStore;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class HousekeeperTest {
  private final AtomicInteger left = new AtomicInteger(120);
  private final JobStore store =
      (JobStore)
          Proxy.newProxyInstance(
              getClass().getClassLoader(),
              new Class<?>[] {JobStore.class},
              (proxy, method, arguments) -> left.decrementAndGet() > 0);

  @Test
  void sweepsInEveryRoundWhileMoreRemains() {
    Housekeeper housekeeper =
        new Housekeeper("parcels", store, new Running(), Duration.ofSeconds(1), JobListener.NONE);
    housekeeper.keep();
    assertThat(left).hasValue(70);
    housekeeper.keep();
    housekeeper.keep();
    assertThat(left).hasValue(0);
    housekeeper.keep();
    assertThat(left).as("not again at once").hasValue(0);
  }
}
