package dev.freshcut.bookingapi.series;

import dev.freshcut.bookingapi.series.NewSeries.OnConflict;
import dev.freshcut.bookingapi.web.PlainText;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Size;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * How a series goes on after its last date; {@code count} or {@code until} is given.
 *
 * @param count of further occurrences
 * @param until the last date on which there may be one
 * @param onConflict whether dates without room refuse it, as if absent, or are left out
 * @param note of each new appointment
 */
record MoreOccurrences(
    @Nullable @Min(1) @Max(Recurrence.MOST) Integer count,
    @Nullable LocalDate until,
    @Nullable OnConflict onConflict,
    @PlainText(multiline = true) @Size(max = 500) @Nullable String note) {

  /** Takes line breaks as Windows and HTML forms have them, too. */
  MoreOccurrences {
    note = note == null ? null : note.replace("\r\n", "\n");
  }
}
