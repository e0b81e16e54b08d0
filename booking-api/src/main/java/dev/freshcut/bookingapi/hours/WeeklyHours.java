package dev.freshcut.bookingapi.hours;

import dev.freshcut.bookingapi.web.Digest;
import dev.freshcut.bookingapi.web.Versioned;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.media.Schema.RequiredMode;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.time.DayOfWeek;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The hours of a usual week.
 *
 * @param timeZone IANA region that the hours are in
 * @param days Monday to Sunday
 */
public record WeeklyHours(
    @Schema(requiredMode = RequiredMode.REQUIRED) long locationId,
    @Schema(requiredMode = RequiredMode.REQUIRED, example = "Europe/Paris") String timeZone,
    @Schema(requiredMode = RequiredMode.REQUIRED) List<Day> days)
    implements Versioned {

  /** A week is what it says. */
  @Override
  public long version() {
    return Digest.of(toString());
  }

  /** One day of the week; without hours if closed. */
  public record Day(
      @NotNull @Schema(requiredMode = RequiredMode.REQUIRED) DayOfWeek weekday,
      @NotNull @Size(max = 12) @Schema(requiredMode = RequiredMode.REQUIRED)
          List<@NotNull @Valid Hours> hours) {}

  /**
   * From one local time to another.
   *
   * @param opensAt hour and minute
   * @param closesAt hour and minute, up to 24:00, the midnight at the end of the day
   */
  public record Hours(
      @NotNull @Pattern(regexp = "([01][0-9]|2[0-3]):[0-5][0-9]", message = "must be like 09:00")
          @Schema(requiredMode = RequiredMode.REQUIRED, example = "09:00")
          String opensAt,
      @NotNull @Pattern(
              regexp = "([01][0-9]|2[0-3]):[0-5][0-9]|24:00",
              message = "must be like 17:30, or 24:00")
          @Schema(requiredMode = RequiredMode.REQUIRED, example = "17:30")
          String closesAt) {}

  /** One row of hours. */
  record Row(DayOfWeek weekday, Hours hours) {}

  /** A week of these rows, which are in order of time. */
  static WeeklyHours of(long locationId, String timeZone, List<Row> rows) {
    Map<DayOfWeek, List<Hours>> byDay =
        rows.stream()
            .collect(
                Collectors.groupingBy(
                    Row::weekday, Collectors.mapping(Row::hours, Collectors.toList())));
    return new WeeklyHours(
        locationId,
        timeZone,
        Arrays.stream(DayOfWeek.values())
            .map(day -> new Day(day, byDay.getOrDefault(day, List.of())))
            .toList());
  }
}
