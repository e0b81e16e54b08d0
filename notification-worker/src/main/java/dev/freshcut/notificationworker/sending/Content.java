package dev.freshcut.notificationworker.sending;

import java.time.Instant;

/** What is to be said. */
public sealed interface Content {
  Kind kind();

  /**
   * Of an appointment: all kinds but those below.
   *
   * @param certain whether it is confirmed, or was before it was cancelled: what never was has no
   *     place in a calendar
   */
  record OfAppointment(Kind kind, Appointment appointment, boolean certain) implements Content {}

  /**
   * Free time for somebody who waits.
   *
   * @param until when the hold on it ends
   */
  record Offer(Appointment appointment, Instant until) implements Content {
    @Override
    public Kind kind() {
      return Kind.OFFERED;
    }
  }

  /**
   * A webhook that no longer is delivered to.
   *
   * @param url its address
   * @param reason why, such as the last answer
   */
  record DisabledWebhook(long webhookId, String url, String reason) implements Content {
    @Override
    public Kind kind() {
      return Kind.WEBHOOK_DISABLED;
    }
  }
}
