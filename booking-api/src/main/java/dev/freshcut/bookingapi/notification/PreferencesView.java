package dev.freshcut.bookingapi.notification;

import dev.freshcut.bookingapi.web.Versioned;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.media.Schema.RequiredMode;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a customer wants of notifications.
 *
 * @param email whether she wants emails
 * @param language absent: her account's
 * @param timeZone of her quiet hours; absent: the location's
 * @param reminderMinutes how long before the start she is reminded, the farthest first; absent: as
 *     the location does
 * @param quietFrom when the hours begin in which she is left alone; absent: as the location has
 *     them
 * @param quietUntil when they end; the same as {@code quietFrom}: there are none
 * @param smsConsent her last word on SMS; absent: none, and none are sent
 * @param version grows with each change; 0 while she has said nothing
 */
@Schema(name = "NotificationPreferences")
record PreferencesView(
    @Schema(requiredMode = RequiredMode.REQUIRED) long customerId,
    @Schema(requiredMode = RequiredMode.REQUIRED) boolean email,
    @Schema(example = "de") @Nullable String language,
    @Schema(example = "Europe/Paris") @Nullable String timeZone,
    @Nullable List<Integer> reminderMinutes,
    @Schema(example = "21:00") @Nullable String quietFrom,
    @Schema(example = "08:00") @Nullable String quietUntil,
    @Nullable SmsConsent smsConsent,
    @Schema(requiredMode = RequiredMode.REQUIRED) long version)
    implements Versioned {

  /**
   * A customer's last word on SMS.
   *
   * @param given whether she wants them
   * @param at since when
   * @param source how it is known
   */
  record SmsConsent(
      @Schema(requiredMode = RequiredMode.REQUIRED) boolean given,
      @Schema(requiredMode = RequiredMode.REQUIRED) Instant at,
      @Schema(requiredMode = RequiredMode.REQUIRED) ConsentSource source) {}
}
