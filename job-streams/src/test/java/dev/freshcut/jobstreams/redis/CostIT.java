package dev.freshcut.jobstreams.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshcut.embeddedstack.RedisServer;
import dev.freshcut.embeddedstack.Servers;
import dev.freshcut.jobstreams.Priority;
import dev.freshcut.jobstreams.store.NewJob;
import dev.freshcut.jobstreams.store.Settlement;
import dev.freshcut.jobstreams.store.Settlement.Verdict;
import dev.freshcut.jobstreams.store.TakenJob;
import dev.freshcut.jobstreams.store.TestJob;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.redisson.Redisson;
import org.redisson.api.RedissonClient;

/** What a job that leaves nothing behind costs Redis: counted, as times depend on the machine. */
class CostIT {
  private static final int JOBS = 5_000;
  private static final Pattern CALLS = Pattern.compile("cmdstat_[^:]+:calls=(\\d+)");

  @Test
  void aJobCostsFewCommands() {
    try (Servers servers = Servers.create()) {
      RedisServer server = servers.redis();
      RedissonClient redisson = Redisson.create(RedisBench.config(List.of(server.url())));
      RedisJobStore store = new RedisJobStore(redisson, RedisBench.settings());
      store.beat("q", "w", Duration.ofHours(1), 5);
      server.command("CONFIG RESETSTAT");

      for (int i = 0; i < JOBS; i += 500) {
        int from = i;
        store.enqueue("q", IntStream.range(from, from + 500).mapToObj(CostIT::job).toList());
      }
      int done = 0;
      while (done < JOBS) {
        List<TakenJob> jobs = store.take("q", "w", 100, List.of(Priority.values())).jobs();
        store.settle(
            "q",
            "w",
            jobs.stream()
                .map(job -> new Settlement(job.id(), job.lease(), new Verdict.Done(null, null)))
                .toList());
        done += jobs.size();
      }

      long commands =
          CALLS
              .matcher(server.command("INFO commandstats"))
              .results()
              .mapToLong(call -> Long.parseLong(call.group(1)))
              .sum();
      redisson.shutdown();
      assertThat((double) commands / JOBS).as("commands a job").isBetween(6.0, 7.5);
    }
  }

  private static NewJob job(int number) {
    return TestJob.job("j" + number).drawn().retain(Duration.ZERO).build();
  }
}
