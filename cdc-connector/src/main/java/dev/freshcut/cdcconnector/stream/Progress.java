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
  private volatile long position;
  private volatile long committedAt;
  private volatile long acknowledgedAt;

  /** Nothing acknowledged yet. */
  public Progress(Clock clock) {
    this.clock = clock;
  }

  /**
   * Starts over at a position, for a new stream.
   *
   * @param startPosition LSN from which the stream starts
   */
  public void restart(long startPosition) {
    position = startPosition;
    acknowledgedAt = clock.millis();
  }

  void acknowledged(int count, long newPosition, long commitMillis) {
    records.addAndGet(count);
    position = Math.max(position, newPosition);
    committedAt = Math.max(committedAt, commitMillis);
    acknowledgedAt = clock.millis();
  }

  /** Records acknowledged since the process started. */
  public long records() {
    return records.get();
  }

  /** The highest LSN that the slot may have been confirmed to. */
  public long position() {
    return position;
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
