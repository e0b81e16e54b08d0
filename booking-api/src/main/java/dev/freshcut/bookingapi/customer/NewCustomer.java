package dev.freshcut.bookingapi.customer;

import dev.freshcut.bookingapi.web.PlainText;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.Email;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

/**
 * Somebody whom staff note before she books.
 *
 * @param locationId the caller's own by default
 * @param phone digits, spaces and {@code +()-./}
 */
@Schema(name = "CustomerToNote")
record NewCustomer(
    @Nullable @Positive Long locationId,
    @NotNull @PlainText @Size(max = 200) String name,
    @NotNull @PlainText @Email @Size(min = 3, max = 254) String email,
    @Nullable @Pattern(regexp = NewCustomer.PHONE, message = "must be a phone number") String phone) {
  static final String PHONE = "\\+?[0-9 ()./-]{3,39}";
}
