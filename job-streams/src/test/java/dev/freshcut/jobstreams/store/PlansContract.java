package dev.freshcut.jobstreams.store;

import static dev.freshcut.jobstreams.store.TestJob.job;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freshcut.jobstreams.Enqueued;
import dev.freshcut.jobstreams.JobState;
import dev.freshcut.jobstreams.store.Settlement.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Groups made equal to plans. */
public interface PlansContract extends OnBench {
  String GROUP = "thing:1";
  Duration DAY = Duration.ofDays(1);

  /** What a plan came to, counted. */
  record Planned(boolean accepted, int stored, int cancelled, int kept) {
    static Planned of(JobStore.Planned planned) {
      int stored =
          (int) planned.answers().stream().filter(Enqueued.Stored.class::isInstance).count();
      return new Planned(
          planned.accepted(), stored, planned.cancelled(), planned.answers().size() - stored);
    }
  }

  private static Planned plan(Bench bench, TestJob... jobs) {
    return planAt(bench, bench.store.stamp(bench.queue), jobs);
  }

  private static Planned planAt(Bench bench, long stamp, TestJob... jobs) {
    return Planned.of(
        bench.store.plan(
            bench.queue,
            GROUP,
            stamp,
            DAY,
            Stream.of(jobs).map(job -> job.group(GROUP).build()).toList()));
  }

  private static List<Planned> planAll(Bench bench, GroupPlan... plans) {
    return bench.store.plan(bench.queue, DAY, List.of(plans)).stream().map(Planned::of).toList();
  }

  private static GroupPlan groupPlan(String group, long stamp, TestJob... jobs) {
    return new GroupPlan(
        group, stamp, Stream.of(jobs).map(job -> job.group(group).build()).toList());
  }

  private static TestJob later(Bench bench, String id, int minutes) {
    return job(id).runAt(bench.now().plus(Duration.ofMinutes(minutes)));
  }

  @Test
  default void stampsRise() {
    Bench bench = bench();
    long last = 0;
    for (int i = 0; i < 100; i++) {
      long next = bench.store.stamp(bench.queue);
      assertThat(next).isGreaterThan(last);
      last = next;
    }
  }

  @Test
  default void aPlansJobsAreStoredAndItsSuccessorsDifferenceIsMade() {
    Bench bench = bench();
    assertThat(plan(bench, later(bench, "a", 10), later(bench, "b", 20)))
        .isEqualTo(new Planned(true, 2, 0, 0));
    assertThat(bench.find("a").group()).isEqualTo(GROUP);

    Planned next = plan(bench, later(bench, "b", 20), later(bench, "c", 30), job("d"));

    assertThat(next).isEqualTo(new Planned(true, 2, 1, 1));
    JobRecord cancelled = bench.find("a");
    assertThat(cancelled.state()).isEqualTo(JobState.CANCELLED);
    assertThat(cancelled.reason()).isEqualTo("not in a later plan");
    assertThat(bench.find("b").state()).isEqualTo(JobState.SCHEDULED);
    assertThat(bench.find("d").state()).isEqualTo(JobState.READY);
    assertThat(bench.status().scheduled()).isEqualTo(2);
    assertThat(plan(bench)).isEqualTo(new Planned(true, 0, 3, 0));
    assertThat(bench.take(10)).isEmpty();
  }

  @Test
  default void aPlanSaysWhatBecameOfEachOfItsJobs() {
    Bench bench = bench();
    bench.enqueue(job("holder").unique("key", Duration.ZERO));
    plan(bench, later(bench, "kept", 10));
    assertThat(
            bench.store.plan(
                bench.queue,
                GROUP,
                bench.store.stamp(bench.queue),
                DAY,
                Stream.of(job("new"), job("kept"), job("not").unique("key", Duration.ZERO))
                    .map(job -> job.group(GROUP).build())
                    .toList()))
        .isEqualTo(
            new JobStore.Planned(
                true,
                List.of(
                    new Enqueued.Stored("new"),
                    new Enqueued.Known("kept"),
                    new Enqueued.Unique("holder")),
                0));
  }

  @Test
  default void plansOfOneCallAreMadeOneAfterTheOther() {
    Bench bench = bench();
    long early = bench.store.stamp(bench.queue);
    long late = bench.store.stamp(bench.queue);
    for (String group : List.of("thing:2", "thing:3")) {
      TestJob[] many =
          IntStream.range(0, 300)
              .mapToObj(i -> later(bench, group + "-" + i, 10))
              .toArray(TestJob[]::new);
      assertThat(planAll(bench, groupPlan(group, early, many)))
          .containsExactly(new Planned(true, 300, 0, 0));
    }

    List<Planned> planned =
        planAll(
            bench,
            groupPlan("thing:1", late, later(bench, "a", 10), later(bench, "b", 20)),
            groupPlan("thing:1", early),
            groupPlan("thing:2", late, later(bench, "thing:2-7", 10)),
            groupPlan("thing:3", late, later(bench, "c", 10)),
            groupPlan("thing:1", late + 1, later(bench, "b", 20)));

    assertThat(planned)
        .containsExactly(
            new Planned(true, 2, 0, 0),
            new Planned(false, 0, 0, 0),
            new Planned(true, 0, 299, 1),
            new Planned(true, 1, 300, 0),
            new Planned(true, 0, 1, 1));
    assertThat(bench.find("a").state()).isEqualTo(JobState.CANCELLED);
    assertThat(bench.status().scheduled()).isEqualTo(3);
    assertThat(planAll(bench)).isEmpty();
  }

  @Test
  default void aPlanWithTheSameOrAnEarlierStampIsIgnored() {
    Bench bench = bench();
    long early = bench.store.stamp(bench.queue);
    long late = bench.store.stamp(bench.queue);
    Planned ignored = new Planned(false, 0, 0, 0);
    assertThat(planAt(bench, late, later(bench, "a", 10)).accepted()).isTrue();
    assertThat(planAt(bench, early)).isEqualTo(ignored);
    assertThat(planAt(bench, late)).isEqualTo(ignored);
    assertThat(bench.find("a").state()).isEqualTo(JobState.SCHEDULED);
    bench.advance(DAY.multipliedBy(2));
    assertThat(planAt(bench, early).accepted()).as("once the stamp is forgotten").isTrue();
  }

  @Test
  default void aLargeGroupIsMadeEqualToo() {
    Bench bench = bench();
    for (int batch = 0; batch < 20; batch++) {
      String prefix = "j" + batch + "-";
      bench.store.enqueue(
          bench.queue,
          IntStream.range(0, 500).mapToObj(i -> job(prefix + i).group(GROUP).build()).toList());
    }
    assertThat(plan(bench, job("a"))).isEqualTo(new Planned(true, 1, 10_000, 0));
    assertThat(bench.takenIds(10)).containsExactly("a");
  }

  @Test
  default void groupsHavePlansOfTheirOwn() {
    Bench bench = bench();
    long early = bench.store.stamp(bench.queue);
    plan(bench, later(bench, "a", 10));
    assertThat(bench.store.plan(bench.queue, "thing:2", early, DAY, List.of()))
        .isEqualTo(new JobStore.Planned(true, List.of(), 0));
    assertThat(bench.find("a").state()).isEqualTo(JobState.SCHEDULED);
  }

  @Test
  default void aJobIsMovedToItsNewTime() {
    Bench bench = bench();
    plan(bench, later(bench, "sooner", 60), later(bench, "later", 60), job("back"));
    Instant now = bench.now();

    Planned moved =
        plan(bench, job("sooner").runAt(now), later(bench, "later", 90), later(bench, "back", 30));

    assertThat(moved).isEqualTo(new Planned(true, 0, 0, 3));
    assertThat(bench.takenIds(10)).containsExactly("sooner");
    bench.advance(Duration.ofMinutes(60));
    assertThat(bench.take(10)).extracting(TakenJob::id).contains("back").doesNotContain("later");
    bench.advance(Duration.ofMinutes(31));
    assertThat(bench.take(10)).extracting(TakenJob::id).contains("later");
  }

  @Test
  default void whatIsReadyKeepsItsPlaceIfItsTimeHasComeInTheNextPlanToo() {
    Bench bench = bench();
    Instant past = bench.now().minusSeconds(60);
    plan(bench, job("a"), job("b"), job("c"));
    TakenJob taken = bench.take(1).getFirst();
    bench.advance(Duration.ofSeconds(1));
    bench.settle(taken, new Verdict.Release("stopped", Duration.ZERO, false));

    plan(bench, job("a"), job("b").runAt(past), job("c"));

    assertThat(bench.find("a").dueAt()).isEqualTo(bench.find("a").enqueuedAt());
    assertThat(bench.find("b").dueAt()).isEqualTo(past);
    assertThat(bench.takenIds(10)).containsExactly("a", "b", "c");
  }

  @Test
  default void aMovedJobsDeadlineMovesWithIt() {
    Bench bench = bench();
    Instant start = bench.now();
    plan(
        bench,
        later(bench, "moved", 10).deadline(start.plus(Duration.ofMinutes(20))),
        later(bench, "freed", 10).deadline(start.plus(Duration.ofMinutes(20))),
        later(bench, "bound", 10),
        later(bench, "stays", 10));
    Instant early = start.plus(Duration.ofMinutes(50));
    Instant late = start.plus(Duration.ofMinutes(90));
    plan(
        bench,
        later(bench, "moved", 60).deadline(late),
        later(bench, "freed", 60),
        later(bench, "bound", 40).deadline(early),
        later(bench, "stays", 10).deadline(late));
    assertThat(bench.find("moved").deadline()).isEqualTo(late.truncatedTo(ChronoUnit.MILLIS));
    assertThat(bench.find("freed").deadline()).isNull();
    assertThat(bench.find("bound").deadline()).isEqualTo(early.truncatedTo(ChronoUnit.MILLIS));

    bench.advance(Duration.ofMinutes(65));
    assertThat(bench.takenIds(10)).containsExactlyInAnyOrder("moved", "freed", "stays");
    assertThat(bench.find("bound").reason()).isEqualTo("deadline passed");
  }

  @Test
  default void whatWasOnlyGivenBackHasNotBegun() {
    Bench bench = bench();
    TestJob job = job("a").remember(DAY).retain(Duration.ZERO);
    plan(bench, job);
    bench.settle(bench.takeOne(), new Verdict.Release("throttled", Duration.ofMinutes(5), true));
    assertThat(bench.find("a").startedAt()).isNull();
    assertThat(plan(bench).cancelled()).isEqualTo(1);
    assertThat(plan(bench, job)).isEqualTo(new Planned(true, 1, 0, 0));
    bench.advance(Duration.ofMinutes(5));
    assertThat(bench.takenIds(10)).containsExactly("a");
  }

  @Test
  default void whatWasLostMayHaveBegunEvenIfItIsGivenBackLater() {
    Bench bench = bench();
    TestJob job = job("a").remember(DAY).retain(Duration.ZERO);
    plan(bench, job);
    bench.takeOne();
    bench.advance(Bench.LEASE);
    bench.settle(bench.takeOne(), new Verdict.Release("throttled", Duration.ofMinutes(5), true));
    plan(bench);
    assertThat(plan(bench, job)).isEqualTo(new Planned(true, 0, 0, 1));
  }

  @Test
  default void whatNoPlanWantedAnyMoreIsRevivedByOneThatDoes() {
    Bench bench = bench();
    TestJob kept = later(bench, "kept", 10).remember(DAY).retain(DAY);
    TestJob gone = later(bench, "gone", 10).remember(DAY).retain(Duration.ZERO);
    plan(bench, kept, gone);
    plan(bench);
    assertThat(bench.isKept("gone")).isFalse();

    assertThat(plan(bench, kept, gone)).isEqualTo(new Planned(true, 2, 0, 0));

    assertThat(bench.find("kept").state()).isEqualTo(JobState.SCHEDULED);
    assertThat(bench.find("kept").endedAt()).isNull();
    assertThat(bench.status().ended()).isZero();
    bench.advance(DAY.multipliedBy(2));
    bench.store.sweep(bench.queue);
    assertThat(bench.takenIds(10)).containsExactlyInAnyOrder("kept", "gone");
  }

  @Test
  default void whatIsRevivedHasItsUniquenessKeyAgain() {
    Bench bench = bench();
    TestJob kept = later(bench, "kept", 10).unique("k", DAY).retain(DAY);
    TestJob gone = later(bench, "gone", 10).unique("g", DAY).retain(Duration.ZERO);
    plan(bench, kept, gone);
    plan(bench);

    assertThat(plan(bench, kept, gone)).isEqualTo(new Planned(true, 2, 0, 0));

    assertThat(bench.enqueue(job("b").unique("k", DAY), job("c").unique("g", DAY)))
        .containsExactly(new Enqueued.Unique("kept"), new Enqueued.Unique("gone"));
    bench.advance(Duration.ofMinutes(10));
    assertThat(bench.takenIds(10)).containsExactlyInAnyOrder("kept", "gone");
  }

  @Test
  default void whoHasTakenAKeyMeanwhileKeepsTheRevivedAway() {
    Bench bench = bench();
    TestJob job = later(bench, "a", 10).unique("k", DAY);
    plan(bench, job);
    plan(bench);
    assertThat(bench.enqueue(job("b").unique("k", DAY))).containsExactly(new Enqueued.Stored("b"));
    assertThat(plan(bench, job)).isEqualTo(new Planned(true, 0, 0, 1));
    bench.done(bench.takeOne());
    assertThat(bench.enqueue(job("c").unique("k", DAY))).containsExactly(new Enqueued.Unique("b"));
  }

  @Test
  default void whatSomebodyCancelledIsNotRevived() {
    Bench bench = bench();
    TestJob job = later(bench, "a", 10);
    plan(bench, job);
    bench.store.cancel(bench.queue, "a", "by hand");
    assertThat(plan(bench, job)).isEqualTo(new Planned(true, 0, 0, 1));
    assertThat(bench.find("a").state()).isEqualTo(JobState.CANCELLED);
  }

  @Test
  default void whatRunsOrHasEndedIsLeftAlone() {
    Bench bench = bench();
    plan(bench, job("done"), job("running"), job("dead"));
    List<TakenJob> taken = bench.take(3);
    bench.done(taken.get(0));
    bench.settle(taken.get(2), new Verdict.Dead("bad"));

    assertThat(plan(bench, later(bench, "done", 5), later(bench, "dead", 5)))
        .isEqualTo(new Planned(true, 0, 0, 2));

    assertThat(bench.find("running").state()).isEqualTo(JobState.RUNNING);
    assertThat(bench.find("done").state()).isEqualTo(JobState.DONE);
    assertThat(bench.find("dead").state()).isEqualTo(JobState.DEAD);
    assertThat(bench.done(taken.get(1))).isTrue();
  }

  @Test
  default void aRememberedIdIsNotPlannedAgain() {
    Bench bench = bench();
    plan(bench, job("a").retain(Duration.ZERO).remember(DAY));
    bench.done(bench.takeOne());
    assertThat(plan(bench, job("a"))).isEqualTo(new Planned(true, 0, 0, 1));
    assertThat(bench.isKept("a")).isFalse();
  }

  @Test
  default void whatWaitsForAnotherAttemptIsCancelledButNotMovedNorRevived() {
    Bench bench = bench();
    TestJob job = job("a").remember(DAY);
    plan(bench, job);
    bench.settle(bench.takeOne(), new Verdict.Retry("later", Duration.ofMinutes(5)));
    Instant due = bench.find("a").dueAt();

    assertThat(plan(bench, later(bench, "a", 90))).isEqualTo(new Planned(true, 0, 0, 1));
    assertThat(bench.find("a").dueAt()).isEqualTo(due);

    assertThat(plan(bench).cancelled()).isEqualTo(1);
    assertThat(plan(bench, job)).isEqualTo(new Planned(true, 0, 0, 1));
    assertThat(bench.find("a").state()).isEqualTo(JobState.CANCELLED);
    assertThat(bench.enqueue(job)).containsExactly(new Enqueued.Known("a"));
  }
}
