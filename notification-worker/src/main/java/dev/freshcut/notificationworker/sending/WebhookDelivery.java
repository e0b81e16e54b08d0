package dev.freshcut.notificationworker.sending;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An event to be told to one webhook.
 *
 * @param id the same in every attempt, and at every webhook that is told of the event
 * @param event such as {@code appointment.moved}
 * @param occurredAt when it was committed
 */
public record WebhookDelivery(
    String id, String event, Instant occurredAt, Endpoint endpoint, Data data) {
  /**
   * Where to.
   *
   * @param sealedSecrets as the rows have them, encrypted for this webhook's id; the newest first,
   *     those that are over left out
   */
  public record Endpoint(long webhookId, long locationId, String url, List<byte[]> sealedSecrets) {
    /** Without secrets. */
    @Override
    public String toString() {
      return "Endpoint[webhookId=" + webhookId + "]";
    }
  }

  /**
   * The row as the event left it: ids, times and states, nothing personal.
   *
   * @param waitingListId set if the event is the waiting list's
   * @param appointmentId the appointment, or the hold that is offered
   * @param barberId null for a wish for whoever is free
   * @param status the appointment's, or the wish's state
   * @param version of the row: later events of the same row have higher ones
   */
  public record Data(
      @Nullable Long waitingListId,
      @Nullable Long appointmentId,
      long locationId,
      @Nullable Long barberId,
      long serviceId,
      @Nullable Long customerId,
      @Nullable Instant startsAt,
      @Nullable Instant endsAt,
      String status,
      long version) {}
}
