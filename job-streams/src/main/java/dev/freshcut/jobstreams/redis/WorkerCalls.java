package dev.freshcut.jobstreams.redis;

import dev.freshcut.jobstreams.Names;
import dev.freshcut.jobstreams.Priority;
import dev.freshcut.jobstreams.store.Beat;
import dev.freshcut.jobstreams.store.Bounds;
import dev.freshcut.jobstreams.store.JobStore;
import dev.freshcut.jobstreams.store.Progress;
import dev.freshcut.jobstreams.store.Settlement;
import dev.freshcut.jobstreams.store.Taken;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/** What workers ask of a {@link JobStore} in Redis, and the takes of which it knows the answers. */
final class WorkerCalls {
  /** Jobs that are taken back at once, so that others wait for Redis some ms at most. */
  private static final int MOST_RECOVERED = 100;

  /** How long a worker that was lost gets no lease under the same name. */
  private static final Duration LOST_REMEMBERED = Duration.ofDays(1);

  private final Function<String, Queue> queues;
  private final int mostBytes;
  private final String client = UUID.randomUUID().toString();
  private final Map<String, Takes> takes = new ConcurrentHashMap<>();

  /**
   * Calls on the queues of one store.
   *
   * @param mostBytes of payload after which a take looks for no more jobs
   */
  WorkerCalls(Function<String, Queue> queues, int mostBytes) {
    this.queues = queues;
    this.mostBytes = mostBytes;
  }

  Beat beat(String queue, String worker, Duration lease, int mostLosses) {
    Bounds.beat(lease, mostLosses);
    Queue q = queues.apply(queue);
    Arguments arguments = q.arguments().add(Names.checkKey("worker", worker)).add(lease);
    arguments.add(mostLosses).add(MOST_RECOVERED).add(LOST_REMEMBERED);
    Beat answer = Replies.beat(q.list(Scripts.BEAT, arguments));
    if (!answer.renewed()) {
      takes.remove(queue + ' ' + worker);
    }
    return answer;
  }

  void leave(String queue, String worker) {
    Queue q = queues.apply(queue);
    Arguments arguments = q.arguments().add(Names.checkKey("worker", worker)).add(MOST_RECOVERED);
    boolean more = true;
    while (more) {
      more = q.yes(Scripts.LEAVE, arguments);
    }
    takes.remove(queue + ' ' + worker);
  }

  Taken take(String queue, String worker, int most, List<Priority> order) {
    Bounds.some(most, "jobs to take");
    Names.checkKey("worker", worker);
    Queue q = queues.apply(queue);
    String taker = queue + ' ' + worker;
    List<Object> reply =
        takes
            .computeIfAbsent(taker, unused -> new Takes())
            .next(
                (number, answered) -> {
                  Arguments arguments = q.arguments().add(worker).add(most);
                  arguments.add(client).add(number).add(answered).add(mostBytes);
                  order.forEach(priority -> arguments.add(Keys.word(priority)));
                  return q.list(Scripts.TAKE, arguments);
                });
    Taken taken = Replies.take(reply);
    if (!taken.registered()) {
      takes.remove(taker);
    }
    return taken;
  }

  void await(String queue, String cursor, Duration atMost) throws InterruptedException {
    // Nothing to wait for: the take left jobs behind. And Redis would take 0 ms for endless.
    if (!cursor.isEmpty() && atMost.toMillis() > 0) {
      queues.apply(queue).await(Cursors.news(cursor), atMost);
    }
  }

  List<Boolean> settle(String queue, String worker, List<Settlement> settlements) {
    Bounds.atMost(settlements.size(), "settlements");
    if (settlements.isEmpty()) {
      return List.of();
    }
    Queue q = queues.apply(queue);
    Arguments arguments = q.arguments().add(worker);
    settlements.forEach(arguments::add);
    return q.list(Scripts.SETTLE, arguments).stream()
        .map(accepted -> Replies.count(accepted) == 1)
        .toList();
  }

  void progress(String queue, List<Progress> progress) {
    Bounds.atMost(progress.size(), "reports of progress");
    Queue q = queues.apply(queue);
    Arguments arguments = q.arguments();
    progress.forEach(arguments::add);
    q.number(Scripts.PROGRESS, arguments);
  }
}
