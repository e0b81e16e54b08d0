package dev.freshcut.jobstreams.spring;

import dev.freshcut.jobstreams.schedule.Scheduler;
import dev.freshcut.jobstreams.worker.JobWorker;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;

/**
 * Workers and scheduler of an application: they start when all else is there, and are the first to
 * stop, while what their jobs need still works. New ones are made at each start.
 */
final class JobWorkers implements SmartLifecycle {
  private final Supplier<List<JobWorker>> makeWorkers;
  private final Supplier<Scheduler> makeScheduler;
  private List<JobWorker> workers = List.of();
  private @Nullable Scheduler scheduler;
  private volatile boolean running;

  JobWorkers(Supplier<List<JobWorker>> workers, Supplier<Scheduler> scheduler) {
    this.makeWorkers = workers;
    this.makeScheduler = scheduler;
  }

  @Override
  public synchronized void start() {
    if (!running) {
      workers = makeWorkers.get();
      Scheduler made = makeScheduler.get();
      scheduler = made;
      running = true;
      workers.forEach(JobWorker::start);
      made.start();
    }
  }

  /** Side by side, so that it lasts as long as the slowest. */
  @Override
  public synchronized void stop() {
    List<Thread> closing = new ArrayList<>();
    workers.forEach(worker -> closing.add(Thread.ofPlatform().start(worker::close)));
    if (scheduler != null) {
      closing.add(Thread.ofPlatform().start(scheduler::close));
    }
    try {
      for (Thread thread : closing) {
        thread.join();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    running = false;
  }

  @Override
  public void stop(Runnable callback) {
    Thread.ofPlatform()
        .start(
            () -> {
              try {
                stop();
              } finally {
                callback.run();
              }
            });
  }

  @Override
  public boolean isRunning() {
    return running;
  }
}
