package dev.freshcut.notificationworker.dispatch;

import dev.freshcut.jobstreams.JobContext;
import dev.freshcut.jobstreams.Outcome;
import dev.freshcut.notificationworker.ledger.Entry;
import dev.freshcut.notificationworker.ledger.Ledger;
import dev.freshcut.notificationworker.sending.Channel;
import dev.freshcut.notificationworker.sending.Notification;
import dev.freshcut.notificationworker.sending.Recipient;
import dev.freshcut.notificationworker.sending.SendResult;
import dev.freshcut.notificationworker.sending.Sender;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;

/** Sends messages, each once, as far as the ledger can tell. Safe for use by many threads. */
public final class Dispatcher {
  private static final Logger log = LoggerFactory.getLogger(Dispatcher.class);
  private static final Duration LONGEST_HOLD = Duration.ofDays(1);
  private static final Duration LEDGER_PAUSE = Duration.ofMillis(500);

  private final Ledger ledger;
  private final Map<Channel, Sender> senders = new EnumMap<>(Channel.class);
  private final Map<Channel, Outages> outages = new EnumMap<>(Channel.class);
  private final DispatchListener listener;

  /**
   * Makes a dispatcher.
   *
   * @param senders at most one of each channel
   */
  public Dispatcher(
      Ledger ledger, Collection<Sender> senders, DispatchListener listener, Clock clock) {
    this.ledger = ledger;
    this.listener = listener;
    for (Sender sender : senders) {
      if (this.senders.put(sender.channel(), sender) != null) {
        throw new IllegalArgumentException("two senders of " + sender.channel().text());
      }
    }
    for (Channel channel : Channel.values()) {
      outages.put(channel, new Outages(clock));
    }
  }

  /** Notes that a message is not sent. */
  public Outcome skip(Entry entry, String reason) {
    ledger.skipped(entry, reason);
    listener.ended(entry.kind(), entry.channel(), "skipped");
    return Outcome.skipped(reason);
  }

  /** Sends a message. */
  public Outcome send(Entry entry, Notification notification, JobContext context)
      throws InterruptedException {
    Sender sender = senders.get(entry.channel());
    if (sender == null) {
      return skip(entry, "nothing is set up to send by " + entry.channel().text());
    }
    if (address(entry.channel(), notification.recipient()) == null) {
      return skip(entry, "there is no address for " + entry.channel().text());
    }
    if (!ledger.begin(entry)) {
      listener.ended(entry.kind(), entry.channel(), "repeated");
      return Outcome.skipped("it was sent before");
    }
    SendResult result = attempt(sender, notification);
    Outages outage = outages.get(entry.channel());
    if (outage != null && !(result instanceof SendResult.Down)) {
      outage.answered();
    }
    listener.ended(entry.kind(), entry.channel(), name(result));
    return switch (result) {
      case SendResult.Sent sent -> {
        close(entry.id(), sent, context);
        yield Outcome.done();
      }
      case SendResult.Permanent permanent -> never(entry, permanent.reason());
      case SendResult.Gone gone -> never(entry, gone.reason());
      case SendResult.Temporary temporary -> {
        ledger.failed(entry.id(), temporary.reason());
        yield Outcome.retry(temporary.reason());
      }
      case SendResult.Throttled throttled -> {
        ledger.failed(entry.id(), throttled.reason());
        yield new Outcome.Throttled(throttled.reason(), bounded(throttled.after()));
      }
      case SendResult.Down down -> {
        ledger.failed(entry.id(), down.reason());
        yield new Outcome.Throttled(down.reason(), outage == null ? LONGEST_HOLD : outage.failed());
      }
    };
  }

  private static @Nullable String address(Channel channel, Recipient recipient) {
    return switch (channel) {
      case EMAIL -> recipient.email();
      case SMS -> recipient.phone();
    };
  }

  private Outcome never(Entry entry, String reason) {
    ledger.failed(entry.id(), reason);
    return Outcome.never(reason);
  }

  private static SendResult attempt(Sender sender, Notification notification)
      throws InterruptedException {
    try {
      return sender.send(notification);
    } catch (RuntimeException e) {
      log.error("{} was not sent, because of a fault; will try again", notification.id(), e);
      return new SendResult.Temporary(e.getClass().getName());
    }
  }

  /**
   * As long as the database is away and the job has time. Then the job ends as done, which the
   * queue remembers: another attempt would find what was not closed, and send it again.
   */
  private void close(String id, SendResult.Sent sent, JobContext context) {
    while (true) {
      boolean last = context.cancelled();
      if (last) {
        // Else it would keep this thread from a database that is there.
        boolean unused = Thread.interrupted();
      }
      try {
        ledger.sent(id, sent.providerId());
        return;
      } catch (DataAccessException e) {
        if (last) {
          log.error("{} was sent, and the ledger was not told; the queue alone knows", id, e);
          return;
        }
        log.warn("{} was sent, and the ledger does not know yet; will tell it again", id);
      }
      try {
        Thread.sleep(LEDGER_PAUSE);
      } catch (InterruptedException e) {
        log.debug("{}: once more, and then no more", id);
      }
    }
  }

  private static Duration bounded(Duration after) {
    if (after.toMillis() < 1) {
      return Duration.ofMillis(1);
    }
    return after.compareTo(LONGEST_HOLD) > 0 ? LONGEST_HOLD : after;
  }

  private static String name(SendResult result) {
    return switch (result) {
      case SendResult.Sent sent -> "sent";
      case SendResult.Permanent permanent -> "permanent";
      case SendResult.Gone gone -> "gone";
      case SendResult.Temporary temporary -> "temporary";
      case SendResult.Throttled throttled -> "throttled";
      case SendResult.Down down -> "down";
    };
  }
}
