package dev.freshcut.embeddedstack.inbox;

import java.time.Instant;

/** Something that was sent. */
public sealed interface Message permits Mail, Sms {
  /** Counts up in the order of arrival, over mails and SMS alike. */
  long id();

  /** When it arrived. */
  Instant at();
}
