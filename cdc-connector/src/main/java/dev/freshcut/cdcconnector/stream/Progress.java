package dev.freshcut.cdcconnector.stream;

import java.time.Clock;
import java.util.concurrent.atomic.AtomicLong;

/**
 * How far Kafka has acknowledged the stream. Written by the stream's thread, read by any; it
 * outlives the streams of one process.
 */
public final class Progress {
  private final Clock clock;
  private final AtomicLong records = new AtomicLong();
  private volatile long committedAt;
  private volatile long acknowledgedAt;

  /** Nothing acknowledged yet. */
  public Progress(Clock clock) {
    this.clock = clock;
  }

  /** A new stream starts; silence counts from now. */
  public void restart() {
    acknowledgedAt = clock.millis();
  }

  void acknowledged(int count, long commitMillis) {
    records.addAndGet(count);
    committedAt = Math.max(committedAt, commitMillis);
    acknowledgedAt = clock.millis();
  }

  /** Records acknowledged since the process started. */
  public long records() {
    return records.get();
  }

  /**
   * When the newest acknowledged change was committed, by the database's clock, in milliseconds
   * since the epoch; 0 if there was none.
   */
  public long committedAt() {
    return committedAt;
  }

  /** When Kafka last acknowledged a batch, or else when the stream started. */
  public long acknowledgedAt() {
    return acknowledgedAt;
  }
}
