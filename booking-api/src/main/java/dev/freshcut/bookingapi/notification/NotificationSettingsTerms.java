package dev.freshcut.bookingapi.notification;

import dev.freshcut.bookingapi.web.PlainText;
import dev.freshcut.bookingapi.write.Rows;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.Email;
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
 * All that a location says about notifications.
 *
 * @param email whether customers get emails
 * @param sms whether those who consented get SMS
 * @param reminderMinutes how long before the start customers are reminded; none for no reminders
 * @param quietFrom when the hours begin in which customers are left alone, by their own clock
 * @param quietUntil when they end, the next morning if that is earlier; the same as {@code
 *     quietFrom} for none
 * @param replyTo where customers' answers go; absent: nowhere
 */
@Schema(name = "NotificationSettingsTerms")
record NotificationSettingsTerms(
    @NotNull Boolean email,
    @NotNull Boolean sms,
    @NotNull @Size(max = Reminders.MOST) List<@NotNull @Min(Reminders.LEAST_MINUTES) @Max(Reminders.MOST_MINUTES) Integer>
            reminderMinutes,
    @NotNull @Pattern(regexp = Reminders.TIME, message = "must be like 21:00") @Schema(example = "21:00")
        String quietFrom,
    @NotNull @Pattern(regexp = Reminders.TIME, message = "must be like 08:00") @Schema(example = "08:00")
        String quietUntil,
    @Nullable @PlainText
        @Email(regexp = Mailboxes.FORM, message = Mailboxes.MESSAGE) @Size(min = 3, max = 254) String replyTo) {

  /** Without {@code replyTo}, which is in a table of its own. */
  Map<String, @Nullable Object> row() {
    Map<String, @Nullable Object> row = new LinkedHashMap<>();
    row.put("email", email);
    row.put("sms", sms);
    row.put("reminder_minutes", Reminders.column(reminderMinutes));
    row.put("quiet_from", Rows.time(quietFrom));
    row.put("quiet_until", Rows.time(quietUntil));
    return row;
  }
}
