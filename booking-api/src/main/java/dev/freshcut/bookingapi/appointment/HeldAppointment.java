package dev.freshcut.bookingapi.appointment;

import dev.freshcut.bookingapi.web.PlainText;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

/**
 * What a hold lacks to be an appointment.
 *
 * @param customer who comes; required of staff, and refused from clients, who book for themselves
 * @param note of several lines, if need be
 */
record HeldAppointment(
    @Valid NewAppointment.@Nullable Customer customer,
    @PlainText(multiline = true) @Size(max = 500) @Nullable String note) {

  /** Takes line breaks as Windows and HTML forms have them, too. */
  HeldAppointment {
    note = note == null ? null : note.replace("\r\n", "\n");
  }
}
