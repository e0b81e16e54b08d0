package dev.freshcut.jobstreams.store;

import static dev.freshcut.jobstreams.store.TestJob.job;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshcut.jobstreams.JobState;
import dev.freshcut.jobstreams.Priority;
import dev.freshcut.jobstreams.store.Settlement.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What operators see of a queue. */
public interface ListsContract extends OnBench {
  /** All ids of a list, page by page. */
  private static List<String> ids(Bench bench, JobState state, int limit) {
    List<String> ids = new ArrayList<>();
    @Nullable String cursor = null;
    do {
      Page page = bench.store.list(bench.queue, state, cursor, limit);
      assertThat(page.jobs()).hasSizeLessThanOrEqualTo(limit).allMatch(job -> job.state() == state);
      page.jobs().forEach(job -> ids.add(job.id()));
      cursor = page.next();
    } while (cursor != null);
    return ids;
  }

  /** Puts jobs a, b, c, d, e into a state, in this order. */
  private static void fill(Bench bench, JobState state) {
    Instant soon = bench.now().plusSeconds(60);
    Priority[] priorities = {Priority.BULK, Priority.URGENT, Priority.NORMAL};
    int i = 0;
    for (String id : List.of("a", "b", "c", "d", "e")) {
      Priority priority = priorities[i++ % 3];
      bench.enqueue(
          job(id)
              .priority(priority)
              .runAt(state == JobState.SCHEDULED ? soon.plusSeconds(i) : null));
      switch (state) {
        case DONE -> bench.done(bench.takeOne());
        case DEAD -> bench.die("bad");
        case CANCELLED -> bench.settle(bench.takeOne(), new Verdict.Cancelled("stop"));
        case RUNNING -> bench.takeOne();
        case READY, SCHEDULED -> {}
      }
      bench.advance(Duration.ofMillis(1));
    }
  }

  @ParameterizedTest
  @EnumSource
  default void jobsOfAStateAreListedInTheirOrder(JobState state) {
    Bench bench = bench();
    fill(bench, state);
    boolean latestFirst = state == JobState.DONE || state == JobState.CANCELLED;
    List<String> order =
        latestFirst ? List.of("e", "d", "c", "b", "a") : List.of("a", "b", "c", "d", "e");
    for (int limit : new int[] {1, 2, 4, 5, 500}) {
      assertThat(ids(bench, state, limit)).as("pages of " + limit).isEqualTo(order);
    }
    for (JobState other : JobState.values()) {
      if (other != state) {
        assertThat(ids(bench, other, 10)).isEmpty();
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  default void aPageGoesOnWhereItsPredecessorEndedThoughThatJobHasGone(JobState state) {
    Bench bench = bench();
    fill(bench, state);
    Page first = bench.store.list(bench.queue, state, null, 2);
    // Whatever leaves the list; those on the first page do.
    switch (state) {
      case READY, SCHEDULED ->
          first.jobs().forEach(job -> bench.store.cancel(bench.queue, job.id(), "gone"));
      case DEAD -> first.jobs().forEach(job -> bench.store.redrive(bench.queue, job.id()));
      case RUNNING, DONE, CANCELLED -> {}
    }
    List<String> rest =
        bench.store.list(bench.queue, state, first.next(), 10).jobs().stream()
            .map(JobRecord::id)
            .toList();
    boolean latestFirst = state == JobState.DONE || state == JobState.CANCELLED;
    assertThat(rest).isEqualTo(latestFirst ? List.of("c", "b", "a") : List.of("c", "d", "e"));
  }

  @Test
  default void jobsOfTheSameTimeAreAllListed() {
    Bench bench = bench();
    Instant due = bench.now().plusSeconds(60);
    List<NewJob> jobs = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      jobs.add(job("j" + i).runAt(due).build());
    }
    bench.store.enqueue(bench.queue, jobs);
    assertThat(ids(bench, JobState.SCHEDULED, 7)).hasSize(30).doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @EnumSource
  default void aCursorThatNoPageGaveIsRefused(JobState state) {
    Bench bench = bench();
    for (String cursor : List.of("", "x", "1-1-1", "1,2", "-", "ž", "1|")) {
      assertThatThrownBy(() -> bench.store.list(bench.queue, state, cursor, 1))
          .as("'" + cursor + "'")
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("cursor");
    }
  }

  @Test
  default void aListedJobIsTheOneThatIsFound() {
    Bench bench = bench();
    bench.enqueue(
        job("a")
            .group("g")
            .unique("k", Duration.ofHours(1))
            .deadline(bench.now().plusSeconds(60))
            .priority(Priority.BULK)
            .payload("{\"x\":1}"));
    bench.settle(bench.takeOne(), new Verdict.Retry("later", Duration.ofSeconds(30)));
    JobRecord found = bench.find("a");
    assertThat(bench.store.list(bench.queue, JobState.SCHEDULED, null, 1).jobs())
        .containsExactly(found);
    assertThat(found.group()).isEqualTo("g");
    assertThat(found.unique()).isEqualTo("k");
    assertThat(found.priority()).isEqualTo(Priority.BULK);
    assertThat(found.payload()).isEqualTo("{\"x\":1}");
    assertThat(found.type()).isEqualTo("kind");
    assertThat(found.version()).isEqualTo(3);
  }

  @Test
  default void theStatusCountsJobsByTheirState() {
    Bench bench = bench();
    Instant soon = bench.now().plusSeconds(5);
    bench.enqueue(
        job("done"),
        job("dead"),
        job("runs"),
        job("n"),
        job("u").priority(Priority.URGENT),
        job("soon").runAt(soon),
        job("later").runAt(soon.plusSeconds(3600)));
    bench.store.cancel(bench.queue, "u", "why");
    List<TakenJob> taken = bench.take(3);
    bench.done(taken.get(0));
    bench.settle(taken.get(1), new Verdict.Dead("bad"));
    bench.advance(Duration.ofSeconds(10));

    QueueStatus status = bench.status();

    assertThat(status.queue()).isEqualTo(bench.queue);
    assertThat(status.ready().get(Priority.NORMAL)).isEqualTo(1);
    assertThat(status.ready().get(Priority.URGENT)).isZero();
    assertThat(status.ready().get(Priority.BULK)).isZero();
    assertThat(status.running()).isEqualTo(1);
    assertThat(status.scheduled()).isEqualTo(2);
    assertThat(status.overdue()).isEqualTo(1);
    assertThat(status.ended()).isEqualTo(2);
    assertThat(status.dead()).isEqualTo(1);
    assertThat(status.workers()).isEqualTo(1);
    assertThat(status.oldest()).isBetween(Duration.ofSeconds(10), Duration.ofMinutes(1));
    assertThat(status.counters()).isEqualTo(new QueueStatus.Counters(7, 1, 0, 1, 1, 0, 0, 0));
  }

  @Test
  default void theOldestIsTheOneThatHasBeenReadyForLongest() {
    Bench bench = bench();
    assertThat(bench.status().oldest()).isZero();
    bench.enqueue(job("a"));
    bench.advance(Duration.ofSeconds(60));
    bench.enqueue(job("b").priority(Priority.URGENT));
    bench.advance(Duration.ofSeconds(60));
    assertThat(bench.status().oldest()).isBetween(Duration.ofSeconds(120), Duration.ofSeconds(179));
    bench.store.cancel(bench.queue, "a", "why");
    assertThat(bench.status().oldest()).isBetween(Duration.ofSeconds(60), Duration.ofSeconds(119));
  }
}
