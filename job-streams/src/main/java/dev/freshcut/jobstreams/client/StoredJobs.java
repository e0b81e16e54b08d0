package dev.freshcut.jobstreams.client;

import dev.freshcut.jobstreams.Enqueued;
import dev.freshcut.jobstreams.JobListener;
import dev.freshcut.jobstreams.JobRequest;
import dev.freshcut.jobstreams.Jobs;
import dev.freshcut.jobstreams.Plan;
import dev.freshcut.jobstreams.store.JobStore;
import dev.freshcut.jobstreams.store.NewJob;
import dev.freshcut.jobstreams.store.StoreUnavailableException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

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
    this.listener = listener;
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
    byQueue.forEach((queue, asked) -> inCalls(queue, asked, answers));
    return Arrays.asList(answers);
  }

  @Override
  public long stamp(String queue) {
    return store.stamp(queue);
  }

  @Override
  public boolean plan(Plan plan) {
    List<NewJob> jobs =
        plan.jobs().stream().map(job -> payloads.write(job.inGroup(plan.group()))).toList();
    JobStore.Planned planned =
        store.plan(plan.queue(), plan.group(), plan.stamp(), PLAN_REMEMBERED, jobs);
    for (int i = 0; i < planned.answers().size(); i++) {
      listener.enqueued(plan.queue(), jobs.get(i).type(), planned.answers().get(i));
    }
    return planned.accepted();
  }

  @Override
  public int cancelGroup(String queue, String group, String reason) {
    return store.cancelGroup(queue, group, reason);
  }

  private void inCalls(String queue, List<Asked> asked, Enqueued[] answers) {
    int from = 0;
    while (from < asked.size()) {
      int to = from;
      int chars = 0;
      while (to < asked.size() && to - from < JobStore.MOST_JOBS && chars < CALL_CHARS) {
        chars += asked.get(to++).job().payload().length();
      }
      call(queue, asked.subList(from, to), answers);
      from = to;
    }
  }

  private void call(String queue, List<Asked> asked, Enqueued[] answers) {
    List<Enqueued> stored = store.enqueue(queue, asked.stream().map(Asked::job).toList());
    for (int i = 0; i < asked.size(); i++) {
      answers[asked.get(i).place()] = stored.get(i);
      listener.enqueued(queue, asked.get(i).job().type(), stored.get(i));
    }
  }

  /** A job, and the place of its answer. */
  private record Asked(int place, NewJob job) {}
}
