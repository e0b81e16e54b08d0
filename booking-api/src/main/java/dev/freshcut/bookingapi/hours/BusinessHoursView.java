package dev.freshcut.bookingapi.hours;

import dev.freshcut.bookingapi.web.Digest;
import dev.freshcut.bookingapi.web.Versioned;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.media.Schema.RequiredMode;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * When a location's door is open.
 *
 * @param timeZone IANA region that the hours are in
 * @param days Monday to Sunday, in a usual week
 * @param specialDays from yesterday on, in order of time: these dates are not like their weekday
 */
@Schema(name = "BusinessHours")
public record BusinessHoursView(
    @Schema(requiredMode = RequiredMode.REQUIRED) long locationId,
    @Schema(requiredMode = RequiredMode.REQUIRED, example = "Europe/Paris") String timeZone,
    @Schema(requiredMode = RequiredMode.REQUIRED) List<WeeklyHours.Day> days,
    @Schema(requiredMode = RequiredMode.REQUIRED) List<SpecialDay> specialDays)
    implements Versioned {

  /** It is what it says. */
  @Override
  public long version() {
    return Digest.of(toString());
  }

  /**
   * A date that is not like its weekday; without hours it is closed.
   *
   * @param label such as a holiday's name
   */
  public record SpecialDay(
      @Schema(requiredMode = RequiredMode.REQUIRED) LocalDate date,
      @Schema(requiredMode = RequiredMode.REQUIRED) List<WeeklyHours.Hours> hours,
      @Nullable String label) {}

  static BusinessHoursView of(BusinessHours cached, LocalDate first) {
    return new BusinessHoursView(
        cached.usual().locationId(),
        cached.usual().timeZone(),
        cached.usual().days(),
        cached.specialDays().stream()
            .filter(day -> !day.date().isBefore(first))
            .map(
                day ->
                    new SpecialDay(
                        day.date(),
                        day.hours() == null ? List.of() : List.of(day.hours()),
                        day.label()))
            .toList());
  }
}
