package dev.freshcut.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshcut.quickstart.demo.Tour;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;
import org.junit.jupiter.api.Test;

class BannerTest {
  @Test
  void tellsAddressesCredentialsAndFourThingsToTry() {
    Addresses addresses =
        new Addresses(
            "http://127.0.0.1:8080",
            "jdbc:postgresql://127.0.0.1:5432/freshcut?user=freshcut&password=secret",
            "127.0.0.1:5432",
            "127.0.0.1:6379",
            "127.0.0.1:9092",
            "http://127.0.0.1:8081",
            "http://127.0.0.1:8082",
            "http://127.0.0.1:8083",
            "http://127.0.0.1:8025",
            "127.0.0.1:1025",
            List.of(
                new Addresses.User("postgres", "freshcut", "secret"),
                new Addresses.User("api", "ada@example.com", "demo", "client"),
                new Addresses.User("api", "otto@example.com", "demo", "operator")));
    Tour tour =
        new Tour(
            1,
            2,
            3,
            LocalDate.parse("2026-11-23"),
            44,
            OffsetDateTime.parse("2026-11-23T10:00+01:00"));

    String banner =
        Banner.of(addresses, tour, new Options(8080, Path.of("target")), Duration.ofMillis(31_400));

    assertThat(banner)
        .contains("ready after 31 s")
        .contains("everybody's password is demo")
        .contains("ada@example.com (client), otto@example.com (operator)")
        .contains("127.0.0.1:6379", "127.0.0.1:9092", "user freshcut, password secret")
        .contains(
            "curl -si 'http://127.0.0.1:8080/api/v1/locations/1/slots?date=2026-11-23&barber=2&service=3'")
        .contains(
            "Inbox       http://127.0.0.1:8025",
            "\"locationId\":1,\"barberId\":2,\"serviceId\":3,\"startsAt\":\"2026-11-23T10:00+01:00\"",
            "/api/v1/login -d '{\"email\":\"ada@example.com\",\"password\":\"demo\"}'")
        .contains(
            "psql 'postgresql://freshcut:secret@127.0.0.1:5432/freshcut' -c \"UPDATE appointments"
                + " SET status = 'cancelled' WHERE id = 44\"");
  }
}
