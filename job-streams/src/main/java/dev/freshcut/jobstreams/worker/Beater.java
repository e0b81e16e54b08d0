package dev.freshcut.jobstreams.worker;

import dev.freshcut.jobstreams.JobListener;
import dev.freshcut.jobstreams.client.Outage;
import dev.freshcut.jobstreams.store.Beat;
import dev.freshcut.jobstreams.store.JobStore;
import java.time.Duration;
import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps the worker's lease, or gets another one once it is lost. */
final class Beater {
  private static final Logger log = LoggerFactory.getLogger(Beater.class);

  private final String queue;
  private final JobStore store;
  private final WorkerSettings settings;
  private final Running running;
  private final JobListener listener;
  private final Outage outage;
  private final LongSupplier nanos;
  private volatile Session session;
  private boolean stopping;
  private boolean hurry;

  Beater(
      String queue,
      JobStore store,
      WorkerSettings settings,
      Running running,
      JobListener listener,
      LongSupplier nanos) {
    this.queue = queue;
    this.store = store;
    this.settings = settings;
    this.running = running;
    this.listener = listener;
    this.nanos = nanos;
    this.outage =
        new Outage(
            queue,
            "beat",
            "no heartbeat; what runs is asked to end once the lease of "
                + settings.lease()
                + " is over",
            listener);
    this.session = newSession();
  }

  /** Beats until it is stopped. */
  void run() throws InterruptedException {
    while (!isStopping()) {
      Session current = session;
      if (current.isLost()) {
        current = newSession();
        session = current;
      }
      pause(beat(current));
    }
  }

  /** The session whose lease holds, as soon as there is one; null if the worker stops before. */
  synchronized @Nullable Session awaitLive() throws InterruptedException {
    while (!stopping) {
      Session current = session;
      if (current.live(nanos.getAsLong())) {
        return current;
      }
      wait(settings.beat().toMillis());
    }
    return null;
  }

  /** Gives a session up, with all that runs in it. */
  void lose(Session lost, String why) {
    if (lost.lose()) {
      log.warn(
          "queue {}: lease of {} lost ({}); what runs is asked to end and may run elsewhere",
          queue,
          lost.worker,
          why);
      running.stop(attempt -> attempt.session == lost, Stop.LEASE_LOST);
      hurry();
    }
  }

  /** Ends what may have lost its lease, whether or not a heartbeat is being waited for. */
  void check() {
    Session current = session;
    if (current.lapsed(nanos.getAsLong())) {
      lose(current, "no heartbeat was answered for " + settings.lease());
    }
  }

  /** Wakes whoever waits for a session, in order to stop. */
  synchronized void stop() {
    stopping = true;
    notifyAll();
  }

  Session session() {
    return session;
  }

  private Duration beat(Session current) {
    long sent = nanos.getAsLong();
    try {
      Beat answer = store.beat(queue, current.worker, settings.lease(), settings.mostLosses());
      outage.answered();
      boolean first = !current.begun();
      if (!answer.renewed() || !current.renewed(sent, nanos.getAsLong())) {
        lose(current, "it had ended before its heartbeat");
        return Duration.ZERO;
      }
      if (first) {
        wakeWaiting();
      }
      running.cancel(answer.cancelled());
      if (answer.recovered() > 0) {
        listener.recovered(queue, answer.recovered(), answer.buried());
        log.warn(
            "queue {}: {} jobs of lost workers taken back, {} of them given up",
            queue,
            answer.recovered(),
            answer.buried());
      }
      // Nobody else may be there to take back the rest, and each waits for it.
      return answer.more() ? Duration.ZERO : settings.beat();
    } catch (RuntimeException e) {
      Duration pause = outage.failed(e);
      return pause.compareTo(settings.beat()) < 0 ? pause : settings.beat();
    }
  }

  private Session newSession() {
    byte[] letters = new byte[4];
    ThreadLocalRandom.current().nextBytes(letters);
    return new Session(
        settings.name() + "-" + HexFormat.of().formatHex(letters), settings.lease().toNanos());
  }

  private synchronized boolean isStopping() {
    return stopping;
  }

  private synchronized void wakeWaiting() {
    notifyAll();
  }

  private synchronized void hurry() {
    hurry = true;
    notifyAll();
  }

  private synchronized void pause(Duration atMost) throws InterruptedException {
    long end = System.nanoTime() + atMost.toNanos();
    while (!stopping && !hurry) {
      long left = end - System.nanoTime();
      if (left <= 0) {
        break;
      }
      wait(left / 1_000_000 + 1);
    }
    hurry = false;
  }
}
