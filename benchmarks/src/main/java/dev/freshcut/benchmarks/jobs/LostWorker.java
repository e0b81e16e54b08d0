package dev.freshcut.benchmarks.jobs;

import dev.freshcut.jobstreams.JobListener;
import dev.freshcut.jobstreams.JobType;
import dev.freshcut.jobstreams.Outcome;
import dev.freshcut.jobstreams.redis.RedisJobStore;
import dev.freshcut.jobstreams.redis.RedisJobStoreSettings;
import dev.freshcut.jobstreams.worker.Handlers;
import dev.freshcut.jobstreams.worker.JobWorker;
import dev.freshcut.jobstreams.worker.WorkerSettings;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.redisson.Redisson;
import org.redisson.config.Config;

/** A worker in a process of its own, to be killed: its jobs say that they began, and then wait. */
final class LostWorker {
  static final String QUEUE = "lost";

  /** A job that says on its worker's output that it has begun. */
  record Wait() {}

  static final JobType<Wait> WAIT = JobType.of(QUEUE, "wait", Wait.class);

  private LostWorker() {}

  /** Works until it is killed; the arguments are Redis' address and the lease, ms. */
  public static void main(String[] args) throws InterruptedException {
    Config config = new Config();
    config.useSingleServer().setAddress(args[0]);
    Handlers handlers =
        Handlers.builder()
            .add(
                WAIT,
                (wait, context) -> {
                  System.out.println("begun");
                  new CountDownLatch(1).await();
                  return Outcome.done();
                })
            .build();
    new JobWorker(
            QUEUE,
            new RedisJobStore(Redisson.create(config), RedisJobStoreSettings.defaults()),
            handlers,
            WorkerSettings.defaults()
                .withDrain(Duration.ZERO)
                .withLease(Duration.ofMillis(Long.parseLong(args[1]))),
            JobListener.NONE,
            Clock.systemUTC())
        .start();
    new CountDownLatch(1).await();
  }

  /** Starts such a process. */
  static Process spawn(String redis, Duration lease) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            LostWorker.class.getName(),
            redis,
            Long.toString(lease.toMillis()))
        .redirectError(new File("/dev/null"))
        .start();
  }
}
