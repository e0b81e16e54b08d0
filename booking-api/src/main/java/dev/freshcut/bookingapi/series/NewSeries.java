package dev.freshcut.bookingapi.series;

import dev.freshcut.bookingapi.appointment.NewAppointment;
import dev.freshcut.bookingapi.web.PlainText;
import dev.freshcut.bookingapi.web.Word;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.Size;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A request for a series. It ends after {@code count} occurrences or with {@code until}: one of
 * them is given.
 *
 * @param barberId absent: any who is free, for each occurrence anew
 * @param firstDate of the first occurrence, in the location's time zone; the others are on the same
 *     weekday
 * @param time by the clock on the location's wall, also when daylight saving begins or ends
 * @param everyWeeks 1, also if absent, is every week
 * @param count of occurrences
 * @param until the last date on which there may be one
 * @param onConflict whether dates without room refuse the series, as if absent, or are left out
 * @param customer who comes; required of staff, and refused from clients, who book for themselves
 * @param note of each appointment
 */
record NewSeries(
    @NotNull @Positive Long locationId,
    @Nullable @Positive Long barberId,
    @NotNull @Positive Long serviceId,
    @NotNull LocalDate firstDate,
    @NotNull @Pattern(regexp = TIME, message = "must be a time such as 09:30") @Schema(example = "09:30")
        String time,
    @Nullable @Min(1) @Max(12) Integer everyWeeks,
    @Nullable @Min(1) @Max(Recurrence.MOST) Integer count,
    @Nullable LocalDate until,
    @Nullable OnConflict onConflict,
    @Valid NewAppointment.@Nullable Customer customer,
    @PlainText(multiline = true) @Size(max = 500) @Nullable String note) {
  private static final String TIME = "([01][0-9]|2[0-3]):[0-5][0-9]";

  /** What to do about dates without room. */
  enum OnConflict implements Word {
    REFUSE,
    SKIP
  }

  /** Takes line breaks as Windows and HTML forms have them, too. */
  NewSeries {
    note = note == null ? null : note.replace("\r\n", "\n");
  }

  boolean skipsConflicts() {
    return onConflict == OnConflict.SKIP;
  }

  LocalTime localTime() {
    return LocalTime.parse(time);
  }

  int weeks() {
    return Objects.requireNonNullElse(everyWeeks, 1);
  }
}
