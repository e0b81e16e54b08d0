package dev.freshcut.bookingapi.customer;

import dev.freshcut.bookingapi.web.PlainText;
import jakarta.validation.constraints.Email;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

/** What staff change of a customer; what is absent stays. */
record CustomerChange(
    @PlainText @Size(max = 200) @Nullable String name,
    @PlainText @Email @Size(min = 3, max = 254) @Nullable String email,
    @Nullable @Pattern(regexp = NewCustomer.PHONE, message = "must be a phone number") String phone) {}
