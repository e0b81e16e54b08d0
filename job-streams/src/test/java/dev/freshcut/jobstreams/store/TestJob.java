package dev.freshcut.jobstreams.store;

import dev.freshcut.jobstreams.Priority;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Describes a job, step by step. Unless told otherwise it is kept for an hour after its end. */
public final class TestJob {
  private final String id;
  private boolean drawn;
  private String payload = "{}";
  private Priority priority = Priority.NORMAL;
  private @Nullable Instant runAt;
  private @Nullable Instant deadline;
  private @Nullable String group;
  private @Nullable String unique;
  private Duration window = Duration.ZERO;
  private Duration remember = Duration.ZERO;
  private Duration retain = Duration.ofHours(1);

  private TestJob(String id) {
    this.id = id;
  }

  public static TestJob job(String id) {
    return new TestJob(id);
  }

  public TestJob drawn() {
    drawn = true;
    return this;
  }

  public TestJob payload(String text) {
    payload = text;
    return this;
  }

  public TestJob priority(Priority which) {
    priority = which;
    return this;
  }

  public TestJob runAt(@Nullable Instant instant) {
    runAt = instant;
    return this;
  }

  public TestJob deadline(Instant instant) {
    deadline = instant;
    return this;
  }

  public TestJob group(String key) {
    group = key;
    return this;
  }

  public TestJob unique(String key, Duration span) {
    unique = key;
    window = span;
    return this;
  }

  public TestJob remember(Duration span) {
    remember = span;
    return this;
  }

  public TestJob retain(Duration span) {
    retain = span;
    return this;
  }

  public NewJob build() {
    return new NewJob(
        id, drawn, "kind", 3, payload, priority, runAt, deadline, group, unique, window, remember,
        retain);
  }
}
