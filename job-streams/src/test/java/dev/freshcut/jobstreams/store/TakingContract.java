package dev.freshcut.jobstreams.store;

import static dev.freshcut.jobstreams.store.TestJob.job;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freshcut.jobstreams.Enqueued;
import dev.freshcut.jobstreams.JobState;
import dev.freshcut.jobstreams.Priority;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** From being enqueued to being given to a worker. */
public interface TakingContract extends OnBench {
  @Test
  default void aJobIsGivenAsItWasEnqueued() {
    Bench bench = bench();
    Instant enqueued = bench.now();

    assertThat(bench.enqueue(job("a").payload("{\"name\":\"Žižkov\"}")))
        .containsExactly(new Enqueued.Stored("a"));
    TakenJob taken = bench.takeOne();

    assertThat(taken.id()).isEqualTo("a");
    assertThat(taken.type()).isEqualTo("kind");
    assertThat(taken.version()).isEqualTo(3);
    assertThat(taken.payload()).isEqualTo("{\"name\":\"Žižkov\"}");
    assertThat(taken.attempt()).isEqualTo(1);
    assertThat(taken.enqueuedAt()).isBetween(enqueued, bench.now());
    assertThat(taken.dueAt()).isEqualTo(taken.enqueuedAt());
    JobRecord job = bench.find("a");
    assertThat(job.state()).isEqualTo(JobState.RUNNING);
    assertThat(job.worker()).isEqualTo(bench.worker);
    assertThat(job.attempts()).isEqualTo(1);
    assertThat(job.startedAt()).isBetween(taken.enqueuedAt(), bench.now());
    assertThat(job.events()).isEmpty();
  }

  @Test
  default void aJobIsGivenOnce() {
    Bench bench = bench();
    bench.enqueue(job("a"));
    bench.takeOne();

    assertThat(bench.take(10)).isEmpty();
    bench.beat("other");
    assertThat(bench.take("other", 10).jobs()).isEmpty();
  }

  @Test
  default void anIdIsStoredOnceInWhateverStateItsJobIs() {
    Bench bench = bench();
    List<Enqueued> known = List.of(new Enqueued.Known("a"));
    bench.enqueue(job("a"));
    assertThat(bench.enqueue(job("a"))).isEqualTo(known);
    TakenJob taken = bench.takeOne();
    assertThat(bench.enqueue(job("a"))).isEqualTo(known);
    bench.done(taken);
    assertThat(bench.enqueue(job("a"))).isEqualTo(known);
    assertThat(bench.take(10)).isEmpty();
    assertThat(bench.status().counters().enqueued()).isEqualTo(1);
  }

  @Test
  default void aCallThatRepeatsAnIdStoresItOnce() {
    Bench bench = bench();
    assertThat(bench.enqueue(job("a"), job("b"), job("a")))
        .containsExactly(
            new Enqueued.Stored("a"), new Enqueued.Stored("b"), new Enqueued.Known("a"));
    assertThat(bench.takenIds(10)).containsExactly("a", "b");
  }

  @Test
  default void aDrawnIdThatComesTwiceIsTheSameCallRepeated() {
    Bench bench = bench();
    List<Enqueued> stored = List.of(new Enqueued.Stored("a"));
    assertThat(bench.enqueue(job("a").drawn())).isEqualTo(stored);
    assertThat(bench.enqueue(job("a").drawn())).isEqualTo(stored);
    assertThat(bench.takenIds(10)).containsExactly("a");
  }

  @Test
  default void jobsAreGivenInTheirOrderButByPriorityFirst() {
    Bench bench = bench();
    bench.enqueue(
        job("bulk").priority(Priority.BULK),
        job("n1"),
        job("urgent").priority(Priority.URGENT),
        job("n2"));
    assertThat(bench.takenIds(3)).containsExactly("urgent", "n1", "n2");
    assertThat(bench.takenIds(3)).containsExactly("bulk");
  }

  @Test
  default void aWorkerMayLookAtTheLowestPriorityFirstOrAtSomeOnly() {
    Bench bench = bench();
    bench.beat(bench.worker);
    bench.enqueue(job("u").priority(Priority.URGENT), job("n"), job("b").priority(Priority.BULK));
    Taken lowest =
        bench.store.take(bench.queue, bench.worker, 1, List.of(Priority.BULK, Priority.URGENT));
    assertThat(lowest.jobs()).extracting(TakenJob::id).containsExactly("b");
    Taken some = bench.store.take(bench.queue, bench.worker, 9, List.of(Priority.NORMAL));
    assertThat(some.jobs()).extracting(TakenJob::id).containsExactly("n");
  }

  @Test
  default void asManyAreGivenAsWereAskedFor() {
    Bench bench = bench();
    List<NewJob> jobs =
        IntStream.range(0, JobStore.MOST_JOBS).mapToObj(i -> job("j" + i).build()).toList();
    bench.store.enqueue(bench.queue, jobs);

    assertThat(bench.take(7)).hasSize(7);
    List<TakenJob> rest = bench.take(JobStore.MOST_JOBS);

    assertThat(rest).hasSize(JobStore.MOST_JOBS - 7);
    assertThat(rest.getLast().id()).isEqualTo("j" + (JobStore.MOST_JOBS - 1));
    assertThat(bench.status().running()).isEqualTo(JobStore.MOST_JOBS);
  }

  @Test
  default void aJobWaitsForItsTime() {
    Bench bench = bench();
    Instant due = bench.now().plus(Duration.ofMinutes(10));
    bench.enqueue(job("later").runAt(due.plusSeconds(1)), job("a").runAt(due));

    assertThat(bench.find("a").state()).isEqualTo(JobState.SCHEDULED);
    assertThat(bench.find("a").dueAt()).isEqualTo(due);
    bench.beat(bench.worker);
    Taken none = bench.take(bench.worker, 10);
    assertThat(none.jobs()).isEmpty();
    assertThat(none.idle()).isBetween(Duration.ofMinutes(9), Duration.ofMinutes(10));

    bench.advance(Duration.ofMinutes(10));

    assertThat(bench.status().overdue()).isPositive();
    TakenJob taken = bench.take(1).getFirst();
    assertThat(taken.id()).isEqualTo("a");
    assertThat(taken.dueAt()).isEqualTo(due);
  }

  @Test
  default void dueJobsAreGivenByTheirTimeAndPriority() {
    Bench bench = bench();
    Instant now = bench.now();
    bench.enqueue(
        job("third").runAt(now.plusSeconds(30)),
        job("second").runAt(now.plusSeconds(20)),
        job("first").runAt(now.plusSeconds(40)).priority(Priority.URGENT));
    bench.advance(Duration.ofMinutes(1));
    assertThat(bench.takenIds(10)).containsExactly("first", "second", "third");
  }

  @Test
  default void aTimeInThePastIsNow() {
    Bench bench = bench();
    bench.enqueue(job("a").runAt(bench.now().minusSeconds(60)));
    assertThat(bench.find("a").state()).isEqualTo(JobState.READY);
    assertThat(bench.takenIds(1)).containsExactly("a");
  }

  @Test
  default void pastItsDeadlineAJobIsCancelledInPlaceOfBeingGiven() {
    Bench bench = bench();
    Instant deadline = bench.now().plusSeconds(60);
    bench.enqueue(job("a").deadline(deadline), job("b"));
    bench.enqueue(job("c").runAt(deadline.plusSeconds(1)).deadline(deadline));
    bench.advance(Duration.ofMinutes(2));

    assertThat(bench.takenIds(1)).containsExactly("b");
    assertThat(bench.take(1)).isEmpty();

    for (String id : List.of("a", "c")) {
      JobRecord job = bench.find(id);
      assertThat(job.state()).isEqualTo(JobState.CANCELLED);
      assertThat(job.reason()).isEqualTo("deadline passed");
      assertThat(job.deadline()).isEqualTo(deadline);
      assertThat(job.attempts()).isZero();
    }
    assertThat(bench.status().counters().cancelled()).isEqualTo(2);
  }

  @Test
  default void untilItsDeadlineAJobIsGiven() {
    Bench bench = bench();
    bench.enqueue(job("a").deadline(bench.now().plusSeconds(60)));
    bench.advance(Duration.ofSeconds(30));
    assertThat(bench.takenIds(1)).containsExactly("a");
  }

  @Test
  default void whoHasNoLeaseIsGivenNothing() {
    Bench bench = bench();
    bench.enqueue(job("a"));
    Taken taken = bench.take("stranger", 10);
    assertThat(taken.registered()).isFalse();
    assertThat(taken.jobs()).isEmpty();
    bench.beat(bench.worker);
    bench.advance(Bench.LEASE);
    assertThat(bench.take(bench.worker, 10).registered()).isFalse();
    assertThat(bench.status().ready()).containsEntry(Priority.NORMAL, 1L);
  }

  @Test
  default void queuesAreApart() {
    Bench bench = bench();
    bench.enqueue(job("a"));
    String other = bench.queue + "-other";
    assertThat(bench.store.enqueue(other, List.of(job("a").build())))
        .containsExactly(new Enqueued.Stored("a"));
    bench.store.pause(other);
    assertThat(bench.takenIds(10)).containsExactly("a");
    assertThat(bench.store.find(other, "a").map(JobRecord::state)).contains(JobState.READY);
  }
}
