package dev.freshcut.bookingapi.webhook;

import dev.freshcut.bookingapi.web.Versioned;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.media.Schema.RequiredMode;
import java.time.OffsetDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A webhook.
 *
 * @param enabled whether anything is delivered
 * @param failures deliveries that were given up in a row
 * @param disabledAt when too many were, so that nothing is delivered any more
 * @param disabledReason what was wrong with the last of them
 * @param secret signs deliveries; only in the answer of the request that made it, never again
 * @param previousSecretUntil until when the secret before is good as well
 * @param version grows with each change
 */
@Schema(name = "Webhook")
record WebhookView(
    @Schema(requiredMode = RequiredMode.REQUIRED) long id,
    @Schema(requiredMode = RequiredMode.REQUIRED) long locationId,
    @Schema(requiredMode = RequiredMode.REQUIRED) String url,
    @Schema(requiredMode = RequiredMode.REQUIRED) List<Event> events,
    @Nullable String description,
    @Schema(requiredMode = RequiredMode.REQUIRED) boolean enabled,
    @Schema(requiredMode = RequiredMode.REQUIRED) int failures,
    @Nullable OffsetDateTime disabledAt,
    @Nullable String disabledReason,
    @Schema(example = "whsec_…") @Nullable String secret,
    @Nullable OffsetDateTime previousSecretUntil,
    @Schema(requiredMode = RequiredMode.REQUIRED) long version)
    implements Versioned {

  /** The same with its secret. */
  WebhookView withSecret(String secret) {
    return new WebhookView(
        id,
        locationId,
        url,
        events,
        description,
        enabled,
        failures,
        disabledAt,
        disabledReason,
        secret,
        previousSecretUntil,
        version);
  }

  /** Without the secret. */
  @Override
  public String toString() {
    return "WebhookView[id=" + id + "]";
  }
}
