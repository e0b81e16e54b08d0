package dev.freshcut.bookingapi.slot;

import java.time.Instant;
import java.time.LocalTime;

/** Why something about a time was not done, though nothing failed. */
public sealed interface Refusal {
  /** There is no such location. */
  record NoLocation(long id) implements Refusal {}

  /** The location has no such active barber. */
  record NoBarber(long locationId, long id) implements Refusal {}

  /** The location has no such active service. */
  record NoService(long locationId, long id) implements Refusal {}

  /** There is no such appointment. */
  record NoAppointment(long id) implements Refusal {}

  /** There is no such hold: it is over, or was released, or has become an appointment. */
  record NoHold(long id) implements Refusal {}

  /** The account of whoever asked is gone meanwhile. */
  record NoAccount(long userId) implements Refusal {}

  /** The barber does not offer the service. */
  record NotOffered(long barberId, long serviceId) implements Refusal {}

  /** The start is too soon, or past. */
  record TooSoon(int noticeMinutes) implements Refusal {}

  /** The start is today, and it is too late for that. */
  record PastCutOff(LocalTime cutOff) implements Refusal {}

  /** The start is too far ahead. */
  record TooFar(int horizonDays) implements Refusal {}

  /** The appointment, buffers included, goes over the location's midnight. */
  record CrossesMidnight() implements Refusal {}

  /** The barber does not work, or not all that time. */
  record NotWorking() implements Refusal {}

  /** The barber, or each of them, has another appointment then. */
  record Taken() implements Refusal {}

  /** The appointment's status does not allow it. */
  record Closed(String status, String wanted) implements Refusal {}

  /** The appointment has not begun, so nobody can say what became of it. */
  record NotBegun(Instant startsAt) implements Refusal {}

  /** The user has as many holds as she may have. */
  record TooManyHolds(int most) implements Refusal {}

  /** The client has as many appointments to come as she may have, or would have more. */
  record TooManyAppointments(int open, int most) implements Refusal {}

  /** Too late for a client to move or cancel. */
  record WindowClosed(int windowMinutes) implements Refusal {}
}
