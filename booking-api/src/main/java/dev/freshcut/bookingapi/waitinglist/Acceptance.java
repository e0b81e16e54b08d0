package dev.freshcut.bookingapi.waitinglist;

import dev.freshcut.bookingapi.web.PlainText;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

/**
 * What an offer lacks to be an appointment: nothing.
 *
 * @param note of several lines, if need be
 */
record Acceptance(@PlainText(multiline = true) @Size(max = 500) @Nullable String note) {
  /** Takes line breaks as Windows and HTML forms have them, too. */
  Acceptance {
    note = note == null ? null : note.replace("\r\n", "\n");
  }
}
