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
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends messages, each once, as far as the ledger can tell. Safe for use by many threads. */
public final class Dispatcher {
  private static final Logger log = LoggerFactory.getLogger(Dispatcher.class);
  private static final Duration LONGEST_HOLD = Duration.ofDays(1);
  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(5);

  private final Ledger ledger;
  private final Map<Channel, Sender> senders = new EnumMap<>(Channel.class);
  private final Map<Channel, Outages> outages = new EnumMap<>(Channel.class);
  private final Map<Channel, Silence> silences = new EnumMap<>(Channel.class);
  private final Map<Channel, Refusals> refusals = new EnumMap<>(Channel.class);
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
      outages.put(channel, new Outages(clock, LONGEST_PAUSE));
      silences.put(channel, new Silence(clock));
      refusals.put(channel, new Refusals());
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
    Silence silence = Objects.requireNonNull(silences.get(entry.channel()));
    Optional<Duration> wait = silence.begin();
    if (wait.isPresent()) {
      return new Outcome.Throttled("the provider is silent; others try it", wait.get());
    }
    try {
      return send(sender, entry, notification, context, silence);
    } finally {
      silence.end();
    }
  }

  private Outcome send(
      Sender sender, Entry entry, Notification notification, JobContext context, Silence silence)
      throws InterruptedException {
    if (!ledger.begin(entry)) {
      listener.ended(entry.kind(), entry.channel(), "repeated");
      return Outcome.skipped("it was sent before");
    }
    SendResult result = attempt(sender, notification);
    Outages outage = Objects.requireNonNull(outages.get(entry.channel()));
    if (isAnswer(result)) {
      outage.answered();
      silence.answered();
    }
    boolean own = isItsOwn(entry, result);
    listener.ended(entry.kind(), entry.channel(), name(result));
    return switch (result) {
      case SendResult.Sent sent -> {
        Closing.note(context, () -> ledger.sent(entry, sent.providerId()));
        yield Outcome.done();
      }
      case SendResult.Permanent permanent -> never(entry, permanent.reason());
      case SendResult.Gone gone -> never(entry, gone.reason());
      case SendResult.Temporary temporary -> {
        ledger.failed(entry, temporary.reason());
        yield Outcome.retry(temporary.reason());
      }
      case SendResult.Unanswered none -> {
        // Before the ledger, which may be away: it is the provider's silence all the same.
        Optional<Duration> all = silence.unanswered(entry.id());
        ledger.failed(entry, none.reason());
        yield all.isEmpty()
            ? Outcome.retry(none.reason())
            : new Outcome.Throttled(none.reason(), all.get());
      }
      case SendResult.Throttled throttled -> {
        ledger.failed(entry, throttled.reason());
        yield own
            ? Outcome.retry(throttled.reason())
            : new Outcome.Throttled(throttled.reason(), bounded(throttled.after()));
      }
      case SendResult.Down down -> {
        ledger.failed(entry, down.reason());
        yield own
            ? Outcome.retry(down.reason())
            : new Outcome.Throttled(down.reason(), outage.failed());
      }
      case SendResult.NotYet notYet -> {
        ledger.failed(entry, notYet.reason());
        yield new Outcome.Postponed(notYet.reason(), notYet.after());
      }
    };
  }

  /** Whether a refusal that would be everybody's is this message's alone. */
  private boolean isItsOwn(Entry entry, SendResult result) {
    Refusals refused = Objects.requireNonNull(refusals.get(entry.channel()));
    return switch (result) {
      case SendResult.Throttled throttled -> refused.refused(entry.id());
      case SendResult.Down down -> refused.refused(entry.id());
      case SendResult.Sent sent -> {
        refused.taken(entry.id());
        yield false;
      }
      case SendResult.Permanent permanent -> false;
      case SendResult.Gone gone -> false;
      case SendResult.Temporary temporary -> false;
      case SendResult.Unanswered unanswered -> false;
      case SendResult.NotYet notYet -> false;
    };
  }

  /** Whether the provider said something; a permanent failure may be found without asking it. */
  private static boolean isAnswer(SendResult result) {
    return switch (result) {
      case SendResult.Sent sent -> true;
      case SendResult.Temporary temporary -> true;
      case SendResult.Throttled throttled -> true;
      case SendResult.Gone gone -> true;
      case SendResult.Permanent permanent -> false;
      case SendResult.Unanswered unanswered -> false;
      case SendResult.Down down -> false;
      case SendResult.NotYet notYet -> false;
    };
  }

  private static @Nullable String address(Channel channel, Recipient recipient) {
    return switch (channel) {
      case EMAIL -> recipient.email();
      case SMS -> recipient.phone();
    };
  }

  private Outcome never(Entry entry, String reason) {
    ledger.failed(entry, reason);
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
      case SendResult.Unanswered unanswered -> "unanswered";
      case SendResult.Throttled throttled -> "throttled";
      case SendResult.Down down -> "down";
      case SendResult.NotYet notYet -> "postponed";
    };
  }
}
