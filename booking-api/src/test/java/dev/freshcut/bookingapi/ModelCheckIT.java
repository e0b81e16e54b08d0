package dev.freshcut.bookingapi;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelCheckIT {
  @Test
  void startIsRefusedWhereTheModelDoesNotFitTheDatabase(@TempDir Path directory)
      throws IOException {
    Path model = directory.resolve("model.yml");
    Files.writeString(
        model,
        """
        version: 1
        tables:
          public.barbers: {location_id: integer, nickname: text, stars: integer}
          public.gifts: {location_id: integer}
          public.customers: {location_id: integer}
        families:
          barbers:
            key: "barbers:{location_id}"
            scope: location_id
            ttl: 1h
        rules:
          - table: public.barbers
            columns: [nickname, stars]
            evict: ["barbers:{location_id}"]
          - table: public.gifts
            evict: ["barbers:{location_id}"]
          - table: public.customers
            evict: ["barbers:{location_id}"]
        """);

    assertThatThrownBy(
            () ->
                BookingApiApplication.start(
                    ApiFixture.settings(
                        ApiFixture.newDatabase(), Map.of("freshcut.cache.model", model))))
        .hasStackTraceContaining("table public.barbers has no column nickname (it has [active, ")
        .hasStackTraceContaining("table public.barbers has no column stars")
        .hasStackTraceContaining("table public.gifts does not exist: correct its name")
        .hasStackTraceContaining("SELECT capture_changes('public.customers') in a migration");
  }
}
