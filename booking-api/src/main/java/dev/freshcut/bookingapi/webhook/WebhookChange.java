package dev.freshcut.bookingapi.webhook;

import dev.freshcut.bookingapi.web.PlainText;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is to be different; what is absent stays.
 *
 * @param url https, to a public address
 * @param events what to be told of, instead of those before
 * @param description for people
 * @param enabled whether anything is delivered
 */
record WebhookChange(
    @Size(min = 1, max = 500) @Nullable String url,
    @Size(min = 1, max = 20) @Nullable Set<@NotNull Event> events,
    @PlainText @Size(max = 200) @Nullable String description,
    @Nullable Boolean enabled) {}
