package dev.freshcut.bookingapi;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AppointmentsIT {
  private static final String PATH = "/api/v1/appointments";
  private static ApiFixture api;
  private Shop shop;

  @BeforeAll
  static void start() {
    api = new ApiFixture();
  }

  @AfterAll
  static void stop() {
    api.close();
  }

  @BeforeEach
  void open() {
    shop = Shop.open(api.sql(), "Europe/Paris");
  }

  @Test
  void createdAppointmentCanBeRead() {
    LocalDate day = shop.day(3);

    Reply made = api.post(PATH, shop.booking(shop.anna(), day, "10:00"));

    assertThat(made.status()).as(made.toString()).isEqualTo(201);
    assertThat(made.token()).startsWith("x1-");
    Reply read = api.get(made.header("Location"));
    assertThat(read.json()).isEqualTo(made.json());
    assertThat(made.json().path("startsAt").asString()).startsWith(day + "T10:00:00+0"); // Paris
    assertThat(made.json().path("date").asString()).isEqualTo(day.toString());
    assertThat(made.json().path("status").asString()).isEqualTo("confirmed");
  }

  @Test
  void bufferedTimeIsTaken() {
    LocalDate day = shop.day(3);
    api.post(PATH, shop.booking(shop.anna(), day, "10:00"));

    Reply overlapping = api.post(PATH, shop.booking(shop.anna(), day, "10:35"));
    Reply next = api.post(PATH, shop.booking(shop.anna(), day, "10:40"));
    Reply otherBarber = api.post(PATH, shop.booking(shop.ben(), day, "10:00"));

    assertThat(overlapping.status()).isEqualTo(409);
    assertThat(overlapping.code()).isEqualTo("slot-taken");
    assertThat(overlapping.header("Content-Type")).isEqualTo("application/problem+json");
    assertThat(next.status()).isEqualTo(201);
    assertThat(otherBarber.status()).isEqualTo(201);
  }
}
