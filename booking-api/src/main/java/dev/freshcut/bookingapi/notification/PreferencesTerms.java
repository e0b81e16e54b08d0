package dev.freshcut.bookingapi.notification;

import dev.freshcut.bookingapi.web.IanaZone;
import dev.freshcut.bookingapi.write.Rows;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * All that a customer wants of notifications, but for her consent to SMS, which is said by itself.
 *
 * @param email whether she wants emails
 * @param language such as {@code de} or {@code de-AT}; absent: her account's
 * @param timeZone of her quiet hours; absent: the location's
 * @param reminderMinutes how long before the start she is reminded; none for no reminders; absent:
 *     as the location does
 * @param quietFrom when the hours begin in which she is left alone, by her own clock; absent: as
 *     the location has them
 * @param quietUntil when they end, the next morning if that is earlier; the same as {@code
 *     quietFrom} for none
 */
@Schema(name = "NotificationPreferencesTerms")
record PreferencesTerms(
    @NotNull Boolean email,
    @Nullable @Pattern(regexp = "[a-z]{2,3}(-[A-Z]{2})?", message = "must be like de or de-AT")
        @Schema(example = "de")
        String language,
    @IanaZone @Nullable String timeZone,
    @Nullable @Size(max = Reminders.MOST) List<@NotNull @Min(Reminders.LEAST_MINUTES) @Max(Reminders.MOST_MINUTES) Integer>
            reminderMinutes,
    @Nullable @Pattern(regexp = Reminders.TIME, message = "must be like 21:00") @Schema(example = "21:00")
        String quietFrom,
    @Nullable @Pattern(regexp = Reminders.TIME, message = "must be like 08:00") @Schema(example = "08:00")
        String quietUntil) {

  Map<String, @Nullable Object> row() {
    Map<String, @Nullable Object> row = new LinkedHashMap<>();
    row.put("email", email);
    row.put("language", language);
    row.put("time_zone", timeZone);
    row.put("reminder_minutes", Reminders.column(reminderMinutes));
    row.put("quiet_from", quietFrom == null ? null : Rows.time(quietFrom));
    row.put("quiet_until", quietUntil == null ? null : Rows.time(quietUntil));
    return row;
  }
}
