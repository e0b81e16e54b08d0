package dev.freshcut.jobstreams.client;

import dev.freshcut.jobstreams.Enqueued;
import dev.freshcut.jobstreams.JobListener;
import dev.freshcut.jobstreams.JobRequest;
import dev.freshcut.jobstreams.Jobs;
import dev.freshcut.jobstreams.Plan;
import dev.freshcut.jobstreams.store.GroupPlan;
import dev.freshcut.jobstreams.store.JobStore;
import dev.freshcut.jobstreams.store.NewJob;
import dev.freshcut.jobstreams.store.StoreUnavailableException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * {@link Jobs} in a store. Whatever it answers is stored; when it throws {@link
 * StoreUnavailableException} the jobs may be stored all the same, so that what must be enqueued
 * once needs an id of its own and is asked for again.
 */
public final class StoredJobs implements Jobs {
  /** How long a plan's stamp counts: no look may be older than this when its plan arrives. */
  public static final Duration PLAN_REMEMBERED = Duration.ofDays(7);

  /** A call stops growing at so many characters of payloads, so that Redis is not held up. */
  private static final int CALL_CHARS = 1_000_000;

  private final JobStore store;
  private final Payloads payloads;
  private final JobListener listener;

  public StoredJobs(JobStore store, Payloads payloads, JobListener listener) {
    this.store = store;
    this.payloads = payloads;
    this.listener = new QuietListener(listener);
  }

  @Override
  public Enqueued enqueue(JobRequest<?> job) {
    return enqueue(List.of(job)).get(0);
  }

  @Override
  public List<Enqueued> enqueue(List<JobRequest<?>> jobs) {
    Map<String, List<Asked>> byQueue = new LinkedHashMap<>();
    for (int i = 0; i < jobs.size(); i++) {
      JobRequest<?> job = jobs.get(i);
      byQueue
          .computeIfAbsent(job.type().queue(), queue -> new ArrayList<>())
          .add(new Asked(i, payloads.write(job)));
    }
    Enqueued[] answers = new Enqueued[jobs.size()];
    byQueue.forEach((queue, asked) -> inCalls(asked, call -> enqueue(queue, call, answers)));
    return Arrays.asList(answers);
  }

  @Override
  public long stamp(String queue) {
    return store.stamp(queue);
  }

  @Override
  public List<Boolean> plan(List<Plan> plans) {
    Map<String, List<Planned>> byQueue = new LinkedHashMap<>();
    for (int i = 0; i < plans.size(); i++) {
      Plan plan = plans.get(i);
      byQueue
          .computeIfAbsent(plan.queue(), queue -> new ArrayList<>())
          .add(new Planned(i, written(plan)));
    }
    Boolean[] answers = new Boolean[plans.size()];
    byQueue.forEach((queue, asked) -> inCalls(asked, call -> plan(queue, call, answers)));
    return Arrays.asList(answers);
  }

  private GroupPlan written(Plan plan) {
    return new GroupPlan(
        plan.group(),
        plan.stamp(),
        plan.jobs().stream().map(job -> payloads.write(job.inGroup(plan.group()))).toList());
  }

  private void plan(String queue, List<Planned> asked, Boolean[] answers) {
    List<JobStore.Planned> planned =
        store.plan(queue, PLAN_REMEMBERED, asked.stream().map(Planned::plan).toList());
    for (int i = 0; i < asked.size(); i++) {
      answers[asked.get(i).place()] = planned.get(i).accepted();
      tell(queue, asked.get(i).jobs(), planned.get(i).answers());
    }
  }

  private void tell(String queue, List<NewJob> jobs, List<Enqueued> answers) {
    for (int i = 0; i < answers.size(); i++) {
      listener.enqueued(queue, jobs.get(i).type(), answers.get(i));
    }
  }

  @Override
  public int cancelGroup(String queue, String group, String reason) {
    return store.cancelGroup(queue, group, reason);
  }

  /** Calls with as many at once as the store takes. */
  private static <T extends Portion> void inCalls(List<T> asked, Consumer<List<T>> call) {
    int from = 0;
    while (from < asked.size()) {
      int to = from;
      int jobs = 0;
      int chars = 0;
      while (to < asked.size()
          && jobs + asked.get(to).jobs().size() <= JobStore.MOST_JOBS
          && to - from < JobStore.MOST_JOBS
          && chars < CALL_CHARS) {
        List<NewJob> next = asked.get(to++).jobs();
        jobs += next.size();
        chars += next.stream().mapToInt(job -> job.payload().length()).sum();
      }
      call.accept(asked.subList(from, to));
      from = to;
    }
  }

  private void enqueue(String queue, List<Asked> asked, Enqueued[] answers) {
    List<Enqueued> stored = store.enqueue(queue, asked.stream().map(Asked::job).toList());
    for (int i = 0; i < asked.size(); i++) {
      answers[asked.get(i).place()] = stored.get(i);
      listener.enqueued(queue, asked.get(i).job().type(), stored.get(i));
    }
  }

  /** What can't be divided. */
  private interface Portion {
    List<NewJob> jobs();
  }

  /** A job, and the place of its answer. */
  private record Asked(int place, NewJob job) implements Portion {
    @Override
    public List<NewJob> jobs() {
      return List.of(job);
    }
  }

  /** A plan, and the place of its answer. */
  private record Planned(int place, GroupPlan plan) implements Portion {
    @Override
    public List<NewJob> jobs() {
      return plan.jobs();
    }
  }
}
