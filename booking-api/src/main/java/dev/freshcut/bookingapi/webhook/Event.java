package dev.freshcut.bookingapi.webhook;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;

/** What others can be told of. */
enum Event {
  APPOINTMENT_CREATED("appointment.created"),
  APPOINTMENT_MOVED("appointment.moved"),
  APPOINTMENT_CONFIRMED("appointment.confirmed"),
  APPOINTMENT_COMPLETED("appointment.completed"),
  APPOINTMENT_NO_SHOW("appointment.no_show"),
  APPOINTMENT_CANCELLED("appointment.cancelled"),
  WAITING_LIST_OFFERED("waiting_list.offered");

  private final String text;

  Event(String text) {
    this.text = text;
  }

  static Event of(String text) {
    return Arrays.stream(values()).filter(each -> each.text.equals(text)).findFirst().orElseThrow();
  }

  /** As written in the database, in requests and in answers. */
  @JsonValue
  String text() {
    return text;
  }
}
