package dev.freshcut.bookingapi.customer;

import dev.freshcut.bookingapi.security.ListScope;
import org.jspecify.annotations.Nullable;

/**
 * Which customers to list; what is null does not matter.
 *
 * @param search what name, email or phone begins with; of a phone the digits count
 * @param registered whether they have accounts
 * @param anonymised whether their names were replaced
 */
record CustomerFilter(
    ListScope scope, @Nullable String search, @Nullable Boolean registered, boolean anonymised) {

  /** The pattern of texts that begin with what is searched for, in its own case. */
  @Nullable String textPattern() {
    return search == null ? null : search.replaceAll("([\\\\%_])", "\\\\$1") + "%";
  }

  /** The pattern of a phone's digits; null if there are none in what is searched for. */
  @Nullable String phonePattern() {
    String digits = search == null ? "" : search.replaceAll("[^0-9]", "");
    boolean isPhone = search != null && search.matches("\\+?[0-9 ()./-]+");
    return !isPhone || digits.isEmpty() ? null : digits + "%";
  }
}
