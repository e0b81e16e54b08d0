package dev.freshcut.jobstreams.client;

import dev.freshcut.jobstreams.Enqueued;
import dev.freshcut.jobstreams.JobListener;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A listener whose failures stop no work: they are logged. */
public record QuietListener(JobListener listener) implements JobListener {
  private static final Logger log = LoggerFactory.getLogger(QuietListener.class);

  @Override
  public void enqueued(String queue, String type, Enqueued answer) {
    quietly(() -> listener.enqueued(queue, type, answer));
  }

  @Override
  public void started(String queue, String type, Duration waited) {
    quietly(() -> listener.started(queue, type, waited));
  }

  @Override
  public void ended(String queue, String type, End end, Duration took) {
    quietly(() -> listener.ended(queue, type, end, took));
  }

  @Override
  public void recovered(String queue, int jobs, int buried) {
    quietly(() -> listener.recovered(queue, jobs, buried));
  }

  @Override
  public void storeFailed(String queue, String call) {
    quietly(() -> listener.storeFailed(queue, call));
  }

  private static void quietly(Runnable told) {
    try {
      told.run();
    } catch (RuntimeException e) {
      log.error("a listener of jobs failed; its figures are wrong", e);
    }
  }
}
