package dev.freshcut.bookingapi.catalog;

import dev.freshcut.bookingapi.web.IanaZone;
import dev.freshcut.bookingapi.web.PlainText;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

/** What is changed of a location; what is absent stays. */
record LocationChange(
    @PlainText @Size(max = 200) @Nullable String name, @IanaZone @Nullable String timeZone) {}
