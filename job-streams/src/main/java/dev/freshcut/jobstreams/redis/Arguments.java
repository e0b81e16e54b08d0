package dev.freshcut.jobstreams.redis;

import dev.freshcut.jobstreams.store.GroupPlan;
import dev.freshcut.jobstreams.store.NewJob;
import dev.freshcut.jobstreams.store.Progress;
import dev.freshcut.jobstreams.store.Settlement;
import dev.freshcut.jobstreams.store.Settlement.Verdict;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A script's arguments; absent ones are empty. */
final class Arguments {
  private static final byte[] NONE = {};

  private final List<byte[]> values = new ArrayList<>();

  Arguments add(@Nullable String value) {
    values.add(value == null ? NONE : value.getBytes(StandardCharsets.UTF_8));
    return this;
  }

  Arguments add(long value) {
    return add(Long.toString(value));
  }

  Arguments add(Duration span) {
    return add(span.toMillis());
  }

  Arguments add(Instant instant) {
    return add(instant.toEpochMilli());
  }

  private Arguments addOptional(@Nullable Instant instant) {
    return instant == null ? add("") : add(instant);
  }

  /** As {@code store.lua} reads it. */
  Arguments add(NewJob job) {
    return add(job.id())
        .add(job.drawn() ? "1" : "")
        .add(job.type())
        .add(job.version())
        .add(job.payload())
        .add(Keys.word(job.priority()))
        .addOptional(job.runAt())
        .addOptional(job.deadline())
        .add(job.group())
        .add(job.unique())
        .add(job.window())
        .add(job.remember())
        .add(job.retain());
  }

  /** As {@code plan.lua} reads it. */
  Arguments add(GroupPlan plan) {
    add(plan.group()).add(plan.stamp()).add(plan.jobs().size());
    plan.jobs().forEach(this::add);
    return this;
  }

  /** As {@code settle.lua} reads it. */
  Arguments add(Settlement settlement) {
    add(settlement.id()).add(settlement.lease());
    return switch (settlement.verdict()) {
      case Verdict.Done done -> add("done").add(done.result()).add(done.skipped());
      case Verdict.Retry retry -> add("retry").add(retry.reason()).add(retry.after());
      case Verdict.Dead dead -> add("dead").add(dead.reason()).add("");
      case Verdict.Cancelled cancelled -> add("cancelled").add(cancelled.reason()).add("");
      case Verdict.Release release ->
          add(release.hold() ? "hold" : "release").add(release.reason()).add(release.after());
      case Verdict.Postpone postpone ->
          add("postpone").add(postpone.reason()).add(postpone.after());
      case Verdict.Unknown unknown -> add("unknown").add(unknown.reason()).add(unknown.after());
    };
  }

  /** As {@code progress.lua} reads it. */
  Arguments add(Progress progress) {
    return add(progress.id()).add(progress.lease()).add(progress.percent()).add(progress.note());
  }

  Object[] toArray() {
    return values.toArray();
  }
}
