package dev.freshcut.bookingapi.notification;

import dev.freshcut.bookingapi.web.Digest;
import dev.freshcut.bookingapi.web.Versioned;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.media.Schema.RequiredMode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a location says about notifications.
 *
 * @param email whether customers get emails
 * @param sms whether those who consented get SMS
 * @param reminderMinutes how long before the start customers are reminded, the farthest first
 * @param quietFrom when the hours begin in which customers are left alone, by their own clock
 * @param quietUntil when they end; the same as {@code quietFrom}: there are none
 * @param replyTo where customers' answers go
 */
@Schema(name = "NotificationSettings")
record NotificationSettingsView(
    @Schema(requiredMode = RequiredMode.REQUIRED) long locationId,
    @Schema(requiredMode = RequiredMode.REQUIRED) boolean email,
    @Schema(requiredMode = RequiredMode.REQUIRED) boolean sms,
    @Schema(requiredMode = RequiredMode.REQUIRED) List<Integer> reminderMinutes,
    @Schema(requiredMode = RequiredMode.REQUIRED, example = "21:00") String quietFrom,
    @Schema(requiredMode = RequiredMode.REQUIRED, example = "08:00") String quietUntil,
    @Nullable String replyTo)
    implements Versioned {

  /** Settings are what they say: a location without a row of its own has the defaults. */
  @Override
  public long version() {
    return Digest.of(toString());
  }
}
