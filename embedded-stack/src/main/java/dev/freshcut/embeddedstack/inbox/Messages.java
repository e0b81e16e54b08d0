package dev.freshcut.embeddedstack.inbox;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What has been sent: the latest {@value #KEPT} mails, of at most {@value #KEPT_CHARACTERS}
 * characters together, and the latest {@value #KEPT} SMS. Safe for use by several threads.
 */
public final class Messages {
  static final int KEPT = 1_000;
  static final int KEPT_CHARACTERS = 64 * 1024 * 1024;

  private final Clock clock;
  private final Deque<Mail> mails = new ArrayDeque<>();
  private final Deque<Sms> sms = new ArrayDeque<>();
  private long lastId;
  private long characters;

  /** Nothing yet. */
  public Messages(Clock clock) {
    this.clock = clock;
  }

  /** Makes a message that arrives now. */
  interface Arrival<M extends Message> {
    M arrive(long id, Instant at);
  }

  synchronized Mail addMail(Arrival<Mail> arrival) {
    Mail mail = arrival.arrive(++lastId, clock.instant());
    mails.addFirst(mail);
    characters += mail.source().length();
    while (mails.size() > KEPT || characters > KEPT_CHARACTERS) {
      characters -= mails.removeLast().source().length();
    }
    return mail;
  }

  synchronized Sms addSms(Arrival<Sms> arrival) {
    Sms added = arrival.arrive(++lastId, clock.instant());
    sms.addFirst(added);
    while (sms.size() > KEPT) {
      sms.removeLast();
    }
    return added;
  }

  /** Mails, newest first. */
  public synchronized List<Mail> mails() {
    return new ArrayList<>(mails);
  }

  /** SMS, newest first. */
  public synchronized List<Sms> sms() {
    return new ArrayList<>(sms);
  }

  /** Both, newest first. */
  synchronized List<Message> all() {
    return Stream.concat(mails.stream(), sms.stream())
        .map(Message.class::cast)
        .sorted(Comparator.comparingLong(Message::id).reversed())
        .toList();
  }

  Optional<Message> find(long id) {
    return all().stream().filter(message -> message.id() == id).findFirst();
  }
}
