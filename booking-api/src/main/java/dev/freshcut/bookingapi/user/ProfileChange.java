package dev.freshcut.bookingapi.user;

import dev.freshcut.bookingapi.web.IanaZone;
import dev.freshcut.bookingapi.web.PlainText;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

/** What a user changes of her own profile; what is absent stays. */
record ProfileChange(
    @PlainText @Size(max = 200) @Nullable String name,
    @Nullable @Pattern(regexp = ProfileFields.PHONE, message = "must be a phone number") String phone,
    @IanaZone @Nullable String timeZone,
    @Nullable @Pattern(regexp = ProfileFields.LANGUAGE, message = "must be like fr or fr-FR") String language) {}
