package dev.freshcut.notificationworker.notice;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshcut.jobstreams.Enqueued;
import dev.freshcut.jobstreams.JobListener;
import dev.freshcut.jobstreams.Jobs;
import dev.freshcut.jobstreams.client.Payloads;
import dev.freshcut.jobstreams.client.StoredJobs;
import dev.freshcut.jobstreams.memory.MemoryJobStore;
import dev.freshcut.jobstreams.memory.SettableClock;
import dev.freshcut.notificationworker.Samples;
import dev.freshcut.notificationworker.sending.Channel;
import dev.freshcut.notificationworker.sending.Kind;
import dev.freshcut.notificationworker.state.Audience;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;

class NoticePlannerTest {
  private static final Instant NIGHT = Instant.parse("2026-06-01T23:00:00Z");
  private static final Instant NINE = Instant.parse("2026-06-03T09:00:00Z");
  private static final Instant TEN = Instant.parse("2026-06-03T10:00:00Z");

  private final SettableClock clock = new SettableClock(NIGHT);
  private final Jobs jobs =
      new StoredJobs(new MemoryJobStore(clock), Payloads.defaults(), JobListener.NONE);
  private final NoticePlanner planner = new NoticePlanner(clock, Duration.ofDays(14));
  private final Audience audience =
      new Audience(ZoneOffset.UTC, true, Instant.EPOCH, List.of(), Samples.NIGHT);

  private Enqueued planned(Kind kind, long version, Instant startsAt, long barber) {
    NoticeJob notice =
        new NoticeJob(kind, 42, version, new NoticeJob.AsLeft(startsAt, barber, 1, true), NIGHT);
    return jobs.enqueue(planner.request(notice, Channel.SMS, audience));
  }

  @Test
  void oneMoveThereAndBackAgainInTheNightIsToldOnce() {
    assertThat(planned(Kind.MOVED, 2, NINE, 1)).isInstanceOf(Enqueued.Stored.class);
    assertThat(planned(Kind.MOVED, 3, TEN, 1)).isInstanceOf(Enqueued.Stored.class);
    assertThat(planned(Kind.MOVED, 4, NINE, 1)).isInstanceOf(Enqueued.Unique.class);
    assertThat(planned(Kind.MOVED, 5, NINE, 2)).isInstanceOf(Enqueued.Stored.class);
    assertThat(planned(Kind.CANCELLED, 6, NINE, 1)).isInstanceOf(Enqueued.Stored.class);
    assertThat(planned(Kind.MOVED, 2, NINE, 1)).as("a replay").isInstanceOf(Enqueued.Known.class);
  }
}
