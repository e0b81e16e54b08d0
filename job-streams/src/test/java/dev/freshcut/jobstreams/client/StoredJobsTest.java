package dev.freshcut.jobstreams.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshcut.jobstreams.Enqueued;
import dev.freshcut.jobstreams.JobListener;
import dev.freshcut.jobstreams.JobRequest;
import dev.freshcut.jobstreams.JobState;
import dev.freshcut.jobstreams.JobType;
import dev.freshcut.jobstreams.Plan;
import dev.freshcut.jobstreams.memory.MemoryJobStore;
import dev.freshcut.jobstreams.store.JobRecord;
import dev.freshcut.jobstreams.store.NewJob;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class StoredJobsTest {
  private static final JobType<Text> A = JobType.of("a", "say", Text.class);
  private static final JobType<Text> B = JobType.of("b", "say", Text.class);
  private static final Instant NOW = Instant.parse("2026-03-02T09:00:00Z");

  private final MemoryJobStore store = new MemoryJobStore(Clock.fixed(NOW, ZoneOffset.UTC));
  private final List<String> heard = new ArrayList<>();
  private final StoredJobs jobs =
      new StoredJobs(
          store,
          Payloads.defaults(),
          new JobListener() {
            @Override
            public void enqueued(String queue, String type, Enqueued answer) {
              heard.add(queue + " " + type + " " + answer.getClass().getSimpleName());
            }
          });

  record Text(String text, Instant at) {}

  private static JobRequest<Text> job(JobType<Text> type, String text) {
    return JobRequest.of(type, new Text(text, NOW));
  }

  @Test
  void answersComeInTheOrderOfRequestsWhateverTheirQueue() {
    List<JobRequest<?>> requests = new ArrayList<>();
    for (int i = 0; i < 1_200; i++) {
      requests.add(job(i % 2 == 0 ? A : B, "no " + i).withId("id-" + i, Duration.ZERO));
    }
    List<Enqueued> answers = jobs.enqueue(requests);
    for (int i = 0; i < 1_200; i++) {
      assertThat(answers.get(i)).isEqualTo(new Enqueued.Stored("id-" + i));
    }
    assertThat(store.status("a").counters().enqueued()).isEqualTo(600);
    assertThat(jobs.enqueue(job(B, "again").withId("id-1", Duration.ZERO)))
        .isEqualTo(new Enqueued.Known("id-1"));
    assertThat(heard).hasSize(1_201).last().isEqualTo("b say Known");
  }

  @Test
  void whatIsStoredIsAnsweredThoughAListenerThrows() {
    StoredJobs told =
        new StoredJobs(
            store,
            Payloads.defaults(),
            new JobListener() {
              @Override
              public void enqueued(String queue, String type, Enqueued answer) {
                throw new IllegalStateException("as the test wants");
              }
            });
    assertThat(told.enqueue(job(A, "one").withId("id-1", Duration.ZERO)))
        .isEqualTo(new Enqueued.Stored("id-1"));
    JobRequest<Text> later = job(A, "later").withId("l", Duration.ZERO);
    assertThat(told.plan(new Plan("a", "g", told.stamp("a"), List.of(later)))).isTrue();
  }

  @Test
  void payloadsAreJson() {
    String id = jobs.enqueue(job(A, "ü\n")).id();
    assertThat(store.find("a", id).map(JobRecord::payload))
        .contains("{\"text\":\"ü\\n\",\"at\":\"2026-03-02T09:00:00Z\"}");
  }

  @Test
  void aPayloadThatIsTooLargeIsRefusedAndNothingIsStored() {
    String most = "x".repeat(NewJob.LARGEST_PAYLOAD);
    assertThatThrownBy(() -> jobs.enqueue(List.of(job(A, "small"), job(A, most))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("at most 262144");
    assertThat(store.status("a").counters().enqueued()).isZero();
  }

  @Test
  void plansReachTheStore() {
    JobRequest<Text> later = job(A, "later").withId("l", Duration.ZERO).at(NOW.plusSeconds(60));
    long first = jobs.stamp("a");
    long second = jobs.stamp("a");
    assertThat(jobs.plan(new Plan("a", "g", second, List.of(later)))).isTrue();
    assertThat(jobs.plan(new Plan("a", "g", first, List.of(later)))).isFalse();
    assertThat(jobs.plan(new Plan("a", "g", jobs.stamp("a"), List.of(later)))).isTrue();
    assertThat(heard)
        .as("of what was not accepted nothing")
        .containsExactly("a say Stored", "a say Known");
    assertThat(store.find("a", "l").map(JobRecord::state)).contains(JobState.SCHEDULED);
    assertThat(jobs.cancelGroup("a", "g", "off")).isEqualTo(1);
  }
}
