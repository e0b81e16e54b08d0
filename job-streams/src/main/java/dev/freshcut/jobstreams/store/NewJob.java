package dev.freshcut.jobstreams.store;

import dev.freshcut.jobstreams.Names;
import dev.freshcut.jobstreams.Priority;
import dev.freshcut.jobstreams.Spans;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A job to be stored; the parameters are those of {@link dev.freshcut.jobstreams.JobRequest}.
 *
 * @param payload JSON, at most {@link #LARGEST_PAYLOAD} bytes in UTF-8
 * @param drawn whether the id was drawn at random, so that no other can have it
 */
public record NewJob(
    String id,
    boolean drawn,
    String type,
    int version,
    String payload,
    Priority priority,
    @Nullable Instant runAt,
    @Nullable Instant deadline,
    @Nullable String group,
    @Nullable String unique,
    Duration window,
    Duration remember,
    Duration retain) {
  /** Most bytes of a payload. */
  public static final int LARGEST_PAYLOAD = 262_144;

  /**
   * Checks bounds.
   *
   * @throws IllegalArgumentException with the reason
   */
  public NewJob {
    Names.checkKey("id of a job", id);
    Objects.requireNonNull(priority);
    Bounds.bytes("payload of job " + id, payload, LARGEST_PAYLOAD);
    Bounds.instant("run at", runAt);
    Bounds.instant("deadline", deadline);
    if (group != null) {
      Names.checkKey("group", group);
    }
    if (unique != null) {
      Names.checkKey("uniqueness key", unique);
    }
    Spans.check("window", window);
    Spans.check("remember", remember);
    Spans.check("retain", retain);
  }
}
