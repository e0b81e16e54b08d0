package dev.freshcut.bookingapi.schedule;

import dev.freshcut.bookingapi.hours.WeeklyHours;
import dev.freshcut.bookingapi.web.Problem.FieldError;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.DayOfWeek;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * All hours of a usual week. Days that are absent have none; hours that go on over midnight are
 * two, until 24:00 and from 00:00 of the next day.
 *
 * @param days in any order, each at most once
 */
record Week(@NotNull @Size(max = 7) List<WeeklyHours.@NotNull @Valid Day> days) {

  /** What no annotation can say: every day once, hours in order and apart. */
  List<FieldError> errors() {
    List<FieldError> errors = new ArrayList<>();
    Set<DayOfWeek> seen = EnumSet.noneOf(DayOfWeek.class);
    for (int d = 0; d < days.size(); d++) {
      WeeklyHours.Day day = days.get(d);
      if (!seen.add(day.weekday())) {
        errors.add(new FieldError("days[%d].weekday".formatted(d), "is there before"));
      }
      List<WeeklyHours.Hours> hours = day.hours();
      for (int h = 0; h < hours.size(); h++) {
        String field = "days[%d].hours[%d]".formatted(d, h);
        WeeklyHours.Hours one = hours.get(h);
        if (one.opensAt().compareTo(one.closesAt()) >= 0) {
          errors.add(new FieldError(field + ".closesAt", "must be after opensAt"));
        } else if (hours.subList(0, h).stream().anyMatch(other -> overlap(one, other))) {
          errors.add(new FieldError(field, "overlap with others of the day"));
        }
      }
    }
    return errors;
  }

  /** As text, hours of two digits are in order of time. */
  private static boolean overlap(WeeklyHours.Hours one, WeeklyHours.Hours other) {
    return one.opensAt().compareTo(other.closesAt()) < 0
        && other.opensAt().compareTo(one.closesAt()) < 0;
  }
}
