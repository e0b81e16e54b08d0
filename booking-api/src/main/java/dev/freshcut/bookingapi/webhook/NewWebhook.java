package dev.freshcut.bookingapi.webhook;

import dev.freshcut.bookingapi.web.PlainText;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.Size;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A request for a webhook.
 *
 * @param url https, to a public address
 * @param events what to be told of
 * @param description for people
 */
record NewWebhook(
    @NotNull @Positive Long locationId,
    @NotNull @Size(min = 1, max = 500) @Schema(example = "https://example.org/hooks") String url,
    @NotEmpty @Size(max = 20) Set<@NotNull Event> events,
    @PlainText @Size(max = 200) @Nullable String description) {}
