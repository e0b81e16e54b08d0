package dev.freshcut.jobstreams.store;

import static dev.freshcut.jobstreams.store.TestJob.job;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freshcut.jobstreams.Enqueued;
import dev.freshcut.jobstreams.JobState;
import dev.freshcut.jobstreams.Priority;
import dev.freshcut.jobstreams.store.Settlement.Verdict;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Workers that beat, stop beating, and leave. */
public interface LeasesContract extends OnBench {
  @Test
  default void aLongJobIsTheWorkersForAsLongAsItBeats() {
    Bench bench = bench();
    bench.enqueue(job("a"));
    TakenJob taken = bench.takeOne();
    for (int i = 0; i < 20; i++) {
      bench.advance(Bench.LEASE.dividedBy(2));
      assertThat(bench.beat(bench.worker)).isEqualTo(new Beat(true, Set.of(), 0, 0, false));
      assertThat(bench.beat("other").recovered()).isZero();
    }
    assertThat(bench.done(taken)).isTrue();
  }

  @Test
  default void theJobsOfALostWorkerAreTakenBack() {
    Bench bench = bench();
    bench.enqueue(job("a").priority(Priority.URGENT), job("b").priority(Priority.BULK), job("c"));
    List<TakenJob> lost = bench.take(2);
    String loser = bench.worker;
    bench.advance(Bench.LEASE);

    assertThat(bench.beat("other").recovered()).isEqualTo(2);

    assertThat(bench.beat("other").recovered()).isZero();
    List<TakenJob> again = bench.take("other", 10).jobs();
    assertThat(again).extracting(TakenJob::id).containsExactlyInAnyOrder("a", "b", "c");
    assertThat(again)
        .extracting(TakenJob::attempt)
        .as("what was lost does not count")
        .containsOnly(1);
    assertThat(lost).noneMatch(bench::done);
    assertThat(bench.find("a").losses()).isEqualTo(1);
    assertThat(bench.find("a").worker()).isEqualTo("other");
    assertThat(bench.events("a")).containsExactly("worker lost: " + loser);
    assertThat(bench.status().counters().lost()).isEqualTo(2);
    assertThat(bench.status().workers()).isEqualTo(1);
  }

  @Test
  default void aWorkerWhoseLeaseHasEndedLearnsItWhoeverComesFirst() {
    Bench bench = bench();
    assertThat(bench.beat("first").renewed()).isTrue();
    assertThat(bench.beat("second").renewed()).isTrue();
    bench.advance(Bench.LEASE);
    assertThat(bench.beat("first").renewed()).as("by itself").isFalse();
    assertThat(bench.beat("second").renewed()).as("after another's beat").isFalse();
    assertThat(bench.beat("second").renewed()).as("and stays lost").isFalse();
    assertThat(bench.take("second", 1).registered()).isFalse();
    assertThat(bench.beat("third").renewed()).isTrue();
  }

  @Test
  default void aWorkerThatComesTooLateTakesBackItsOwnJobs() {
    Bench bench = bench();
    bench.enqueue(job("a"));
    TakenJob taken = bench.takeOne();
    bench.advance(Bench.LEASE.multipliedBy(2));

    Beat beat = bench.beat(bench.worker);

    assertThat(beat.renewed()).isFalse();
    assertThat(beat.recovered()).isEqualTo(1);
    assertThat(bench.done(taken)).isFalse();
    assertThat(bench.takeOne().id()).isEqualTo("a");
  }

  @Test
  default void anEndIsAcceptedAfterTheLeaseAsLongAsNobodyTookTheJobBack() {
    Bench bench = bench();
    bench.enqueue(job("a"));
    TakenJob taken = bench.takeOne();
    bench.advance(Bench.LEASE.multipliedBy(2));
    assertThat(bench.done(taken)).isTrue();
    assertThat(bench.beat("other").recovered()).isZero();
  }

  @Test
  default void aJobThatIsLostTooOftenIsADeadLetter() {
    Bench bench = bench();
    bench.enqueue(job("a"));
    for (int loss = 1; loss <= Bench.MOST_LOSSES; loss++) {
      bench.takeOne();
      bench.advance(Bench.LEASE);
      Beat beat = bench.beat("reaper-" + loss);
      assertThat(beat.recovered()).isEqualTo(1);
      assertThat(beat.buried()).isZero();
    }
    bench.takeOne();
    bench.advance(Bench.LEASE);

    Beat beat = bench.beat("reaper");

    assertThat(beat.recovered()).isEqualTo(1);
    assertThat(beat.buried()).isEqualTo(1);
    JobRecord job = bench.find("a");
    assertThat(job.state()).isEqualTo(JobState.DEAD);
    assertThat(job.losses()).isEqualTo(Bench.MOST_LOSSES + 1);
    assertThat(job.reason()).isEqualTo("lost with its worker 3 times");
    assertThat(bench.status().dead()).isEqualTo(1);
    assertThat(bench.status().running()).isZero();
  }

  @Test
  default void aWorkerThatLeavesGivesBackWhatItHolds() {
    Bench bench = bench();
    bench.enqueue(job("a"), job("b"));
    List<TakenJob> taken = bench.take(2);
    assertThat(bench.done(taken.get(0))).isTrue();

    bench.store.leave(bench.queue, bench.worker);

    assertThat(bench.status().workers()).isZero();
    assertThat(bench.status().running()).isZero();
    assertThat(bench.take(bench.worker, 1).registered()).isFalse();
    assertThat(bench.done(taken.get(1))).isFalse();
    bench.beat("other");
    List<TakenJob> again = bench.take("other", 10).jobs();
    assertThat(again).extracting(TakenJob::id).containsExactly("b");
    assertThat(again.getFirst().attempt()).isEqualTo(1);
    bench.store.leave(bench.queue, "stranger");
  }

  @Test
  default void whoLeftMayComeBack() {
    Bench bench = bench();
    bench.beat("first");
    bench.store.leave(bench.queue, "first");
    assertThat(bench.beat("first").renewed()).isTrue();
    assertThat(bench.take("first", 1).registered()).isTrue();
  }

  @Test
  default void manyJobsOfManyLostWorkersAreTakenBackLittleByLittle() {
    Bench bench = bench();
    List<NewJob> jobs = IntStream.range(0, 450).mapToObj(i -> job("j" + i).build()).toList();
    bench.store.enqueue(bench.queue, jobs);
    for (int worker = 0; worker < 15; worker++) {
      bench.beat("lost-" + worker);
      assertThat(bench.take("lost-" + worker, 30).jobs()).hasSize(30);
    }
    bench.advance(Bench.LEASE);
    int recovered = 0;
    Beat beat;
    do {
      beat = bench.beat("other");
      assertThat(beat.recovered()).as("each call does something").isPositive();
      recovered += beat.recovered();
    } while (beat.more());
    assertThat(recovered).isEqualTo(450);
    assertThat(bench.status().workers()).isEqualTo(1);
    assertThat(bench.take("other", 500).jobs()).hasSize(450);
  }

  @Test
  default void twoWorkersOfOneNameLoseNoJob() {
    Bench bench = bench();
    JobStore twin = bench.another();
    bench.store.enqueue(bench.queue, Stream.of("a", "b", "c").map(id -> job(id).build()).toList());
    bench.beat("twin");
    twin.beat(bench.queue, "twin", Bench.LEASE, 5);
    List<TakenJob> one = bench.take("twin", 1).jobs();
    List<TakenJob> two = twin.take(bench.queue, "twin", 1, Bench.ORDER).jobs();
    List<TakenJob> three = bench.take("twin", 1).jobs();

    assertThat(Stream.of(one, two, three).flatMap(List::stream).map(TakenJob::id))
        .containsExactly("a", "b", "c");
    twin.leave(bench.queue, "twin");

    assertThat(bench.status().running()).isZero();
    assertThat(bench.takenIds(10)).containsExactlyInAnyOrder("a", "b", "c");
  }

  @Test
  default void aCancelledJobIsNotTriedAgainWhateverItsWorkerSays() {
    Bench bench = bench();
    List<String> ids = List.of("retry", "release", "lost", "done", "obeys", "postpone");
    bench.enqueue(ids.stream().map(TestJob::job).toArray(TestJob[]::new));
    List<TakenJob> taken = bench.take(6);
    for (TakenJob one : taken) {
      bench.store.cancel(bench.queue, one.id(), "not wanted");
    }
    assertThat(bench.beat("other").cancelled()).containsExactlyInAnyOrderElementsOf(ids);

    bench.settle(taken.get(0), new Verdict.Retry("failed", Duration.ofSeconds(5)));
    bench.settle(taken.get(1), new Verdict.Release("stopping", Duration.ZERO, false));
    bench.settle(taken.get(3), new Verdict.Done(null, null));
    bench.settle(taken.get(4), new Verdict.Cancelled("not wanted"));
    bench.settle(taken.get(5), new Verdict.Postpone("asleep", Duration.ofSeconds(5)));
    bench.advance(Bench.LEASE);
    bench.beat("another");

    for (String id : List.of("retry", "release", "lost", "obeys", "postpone")) {
      assertThat(bench.find(id).state()).as(id).isEqualTo(JobState.CANCELLED);
      assertThat(bench.find(id).reason()).as(id).isEqualTo("not wanted");
    }
    assertThat(bench.find("lost").losses()).isEqualTo(1);
    for (String id : List.of("release", "lost", "postpone")) {
      assertThat(bench.find(id).attempts()).as(id).isZero();
    }
    assertThat(bench.find("retry").attempts()).as("failed, which counts").isEqualTo(1);
    assertThat(bench.find("done").state()).isEqualTo(JobState.DONE);
    assertThat(bench.beat("another").cancelled()).isEmpty();
    assertThat(bench.status().counters().cancelled()).isEqualTo(5);
    assertThat(bench.status().counters().retried()).as("cancelled, not retried").isZero();
    assertThat(bench.status().counters().released()).as("cancelled, not released").isZero();
    assertThat(bench.status().counters().postponed()).as("cancelled, not postponed").isZero();
    assertThat(bench.enqueue(job("lost"))).containsExactly(new Enqueued.Known("lost"));
  }
}
