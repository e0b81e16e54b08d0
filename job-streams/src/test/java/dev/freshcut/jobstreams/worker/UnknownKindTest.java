package dev.freshcut.jobstreams.worker;

import static dev.freshcut.jobstreams.worker.WorkerFixture.SEND;
import static dev.freshcut.jobstreams.worker.WorkerFixture.START;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.freshcut.jobstreams.JobRequest;
import dev.freshcut.jobstreams.JobState;
import dev.freshcut.jobstreams.worker.WorkerFixture.Parcel;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class UnknownKindTest {
  private final WorkerFixture fixture = new WorkerFixture();

  @AfterEach
  void stop() {
    fixture.close();
  }

  @Test
  void theDayBeginsWhenAWorkerFirstDoesNotKnowTheKindNotWhenTheJobWasPlanned() {
    Instant due = START.plus(Duration.ofDays(10));
    String id = fixture.jobs.enqueue(JobRequest.of(SEND, new Parcel(1)).at(due)).id();
    fixture.clock.set(due);
    fixture.start(Handlers.builder());
    await().atMost(WorkerFixture.PATIENCE).until(() -> !fixture.record(id).events().isEmpty());
    assertThat(fixture.record(id).state()).isNotEqualTo(JobState.DEAD);
    fixture.clock.advance(Duration.ofDays(1).plusSeconds(1));
    assertThat(fixture.awaitState(id, JobState.DEAD).reason())
        .isEqualTo("no worker knows send version 1");
  }
}
