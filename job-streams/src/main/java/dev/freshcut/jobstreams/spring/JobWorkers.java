package dev.freshcut.jobstreams.spring;

import dev.freshcut.jobstreams.schedule.Scheduler;
import dev.freshcut.jobstreams.worker.JobWorker;
import java.util.List;
import org.springframework.context.SmartLifecycle;

/**
 * Workers and scheduler of an application: they start when all else is there, and are the first to
 * stop, while what their jobs need still works.
 */
final class JobWorkers implements SmartLifecycle {
  private final List<JobWorker> workers;
  private final Scheduler scheduler;
  private volatile boolean running;

  JobWorkers(List<JobWorker> workers, Scheduler scheduler) {
    this.workers = List.copyOf(workers);
    this.scheduler = scheduler;
  }

  @Override
  public void start() {
    running = true;
    workers.forEach(JobWorker::start);
    scheduler.start();
  }

  /** Side by side, so that it lasts as long as the slowest. */
  @Override
  public void stop() {
    scheduler.close();
    List<Thread> closing =
        workers.stream().map(worker -> Thread.ofVirtual().start(worker::close)).toList();
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
    Thread.ofVirtual()
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
