package dev.freshcut.bookingapi.web;

import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.media.Schema.RequiredMode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Some of a list, in the list's order.
 *
 * @param nextCursor to be sent as {@code cursor} for the next page; absent on the last page
 */
public record Page<T>(
    @Schema(requiredMode = RequiredMode.REQUIRED) List<T> items, @Nullable String nextCursor) {
  public Page {
    items = List.copyOf(items);
  }
}
