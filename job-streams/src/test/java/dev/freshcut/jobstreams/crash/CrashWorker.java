package dev.freshcut.jobstreams.crash;

import dev.freshcut.jobstreams.JobContext;
import dev.freshcut.jobstreams.JobListener;
import dev.freshcut.jobstreams.Outcome;
import dev.freshcut.jobstreams.redis.RedisJobStore;
import dev.freshcut.jobstreams.redis.RedisJobStoreSettings;
import dev.freshcut.jobstreams.worker.Handlers;
import dev.freshcut.jobstreams.worker.JobWorker;
import dev.freshcut.jobstreams.worker.WorkerSettings;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.redisson.Redisson;
import org.redisson.api.RedissonClient;
import org.redisson.config.Config;

/**
 * A worker in a process of its own. Arguments: Redis' address, the directory of effects, the lease
 * in ms. Each begun run is a line of a file, and each effect a file whose name is the job's id, so
 * that it can be made once only; both outlive the process.
 */
final class CrashWorker {
  private final Path effects;
  private final FileOutputStream runs;
  private final FileOutputStream repeated;

  private CrashWorker(Path directory) throws IOException {
    String name = Long.toString(ProcessHandle.current().pid());
    this.effects = directory.resolve("effects");
    this.runs = append(directory.resolve("runs-" + name));
    this.repeated = append(directory.resolve("repeated-" + name));
  }

  public static void main(String[] arguments) throws Exception {
    CrashWorker crash = new CrashWorker(Path.of(arguments[1]));
    Config config = new Config();
    config.setLazyInitialization(true);
    config.useSingleServer().setAddress(arguments[0]).setConnectionMinimumIdleSize(2);
    RedissonClient redisson = Redisson.create(config);
    WorkerSettings settings =
        new WorkerSettings(
            "crash",
            16,
            Duration.ofMillis(Long.parseLong(arguments[2])),
            Duration.ofSeconds(1),
            100);
    JobWorker worker =
        new JobWorker(
            Task.QUEUE,
            new RedisJobStore(redisson, RedisJobStoreSettings.defaults()),
            Handlers.builder()
                .add(Task.TYPE, Task.POLICY, Duration.ofMinutes(1), crash::run)
                .build(),
            settings,
            JobListener.NONE,
            Clock.systemUTC());
    Runtime.getRuntime().addShutdownHook(new Thread(worker::close));
    worker.start();
    // Ends when whoever started it does.
    int read;
    do {
      read = System.in.read();
    } while (read >= 0);
    System.exit(0);
  }

  private Outcome run(Task task, JobContext context) throws Exception {
    line(runs, context.id());
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(task.millis());
    while (System.nanoTime() < end) {
      LockSupport.parkNanos(end - System.nanoTime());
      if (Thread.interrupted()) {
        throw new InterruptedException("asked to end");
      }
    }
    if (context.attempt() <= task.failures()) {
      throw new IOException("as it is to");
    }
    try {
      Files.createFile(effects.resolve(context.id()));
    } catch (FileAlreadyExistsException e) {
      line(repeated, context.id());
    }
    return Outcome.done();
  }

  private static FileOutputStream append(Path file) throws IOException {
    // Not a channel: one that an interrupted thread writes to is closed.
    return new FileOutputStream(file.toFile(), true);
  }

  private static void line(FileOutputStream file, String text) throws IOException {
    file.write((text + "\n").getBytes(StandardCharsets.US_ASCII));
  }
}
