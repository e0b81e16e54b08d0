package dev.freshcut.bookingapi.schedule;

import dev.freshcut.bookingapi.hours.WeeklyHours;
import dev.freshcut.bookingapi.web.PlainText;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a date is like that is not like its weekday.
 *
 * @param hours at most one; without, it is closed
 * @param label such as a holiday's name
 */
record SpecialDayTerms(
    @NotNull @Size(max = 1) List<WeeklyHours.@NotNull @Valid Hours> hours,
    @PlainText @Size(max = 200) @Nullable String label) {}
