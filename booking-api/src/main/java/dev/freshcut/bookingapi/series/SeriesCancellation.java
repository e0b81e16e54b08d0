package dev.freshcut.bookingapi.series;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * From when on a series is not to go on.
 *
 * @param from the first date without an occurrence, as the series had planned them; absent: today.
 *     Earlier than its first date is as good as that one
 */
record SeriesCancellation(@Nullable LocalDate from) {}
