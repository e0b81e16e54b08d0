package dev.freshcut.quickstart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.freshcut.embeddedstack.InboxServer;
import dev.freshcut.embeddedstack.inbox.Mail;
import dev.freshcut.embeddedstack.inbox.Sms;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** From a row that changes to what a customer reads. */
@ExtendWith(RunningPlatform.class)
class NotificationsIT {
  private static final Pattern SEQUENCE = Pattern.compile("(?m)^SEQUENCE:(\\d+)\\s*$");
  private static final Pattern UID = Pattern.compile("(?m)^UID:(\\S+)\\s*$");

  /** The shortest there is. */
  private static final int REMINDED_MINUTES_BEFORE = 15;

  private final Platform platform;

  NotificationsIT(Platform platform) {
    this.platform = platform;
  }

  @Test
  void whoBooksOverHttpGetsAMailWithACalendarEntryAndAnSmsAndBothAgainWhenItIsCancelled()
      throws SQLException {
    Guest guest = new Guest(platform);
    Http operator = operator(guest);
    Location location = guest.location;
    long booked = System.nanoTime();
    Http.Reply made =
        operator.post(
            "/api/v1/appointments",
            Map.of(
                "locationId",
                location.id,
                "barberId",
                location.barbers.getFirst(),
                "serviceId",
                location.service,
                "startsAt",
                location.at(location.day(7), 10).toString(),
                "customer",
                Map.of("name", "Ada", "email", guest.email)));
    assertThat(made.status()).as(made.response().body()).isEqualTo(201);
    guest.awaitMessages(1);
    System.out.printf("booked -> mail and SMS: %.0f ms%n", (System.nanoTime() - booked) / 1e6);

    Mail confirmation = guest.mails().getFirst();
    assertThat(confirmation.fault()).isNull();
    assertThat(confirmation.text()).isNotBlank();
    assertThat(confirmation.html()).isNotBlank();
    assertThat(confirmation.calendar()).contains("METHOD:REQUEST");
    assertThat(guest.sms().getFirst().segments()).isBetween(1, 2);

    String appointment = "/api/v1/appointments/" + made.json().get("id").asLong();
    assertThat(operator.post(appointment + "/cancel", Map.of()).status()).isEqualTo(200);
    guest.awaitMessages(2);
    Mail cancellation = guest.mails().getFirst();
    assertThat(cancellation.calendar()).contains("METHOD:CANCEL");
    assertThat(found(UID, cancellation)).isEqualTo(found(UID, confirmation));
    assertThat(Integer.parseInt(found(SEQUENCE, cancellation)))
        .isGreaterThan(Integer.parseInt(found(SEQUENCE, confirmation)));
  }

  @Test
  void whoComesIsRemindedAndWhoHasCancelledIsNot() throws SQLException {
    Guest cancels = new Guest(platform);
    Guest comes = new Guest(platform);
    // Hers would be due first: once the other is reminded, she would have been.
    long cancelled = cancels.books(8);
    comes.books(10);
    cancels.location.sql("update appointments set status = 'cancelled' where id = ?", cancelled);

    await()
        .atMost(Location.PATIENCE)
        .untilAsserted(
            () -> {
              assertThat(comes.mails())
                  .extracting(Mail::subject)
                  .anyMatch(it -> it.contains("Reminder"));
              assertThat(comes.sms()).extracting(Sms::body).anyMatch(it -> it.contains("reminder"));
              // The confirmation only if the cancellation has not overtaken it.
              assertThat(cancels.mails())
                  .extracting(Mail::subject)
                  .anyMatch(it -> it.contains("Cancelled"));
            });
    assertThat(cancels.mails()).extracting(Mail::subject).noneMatch(it -> it.contains("Reminder"));
    assertThat(cancels.sms()).extracting(Sms::body).noneMatch(it -> it.contains("reminder"));
  }

  /** But for her who has an account, as other tests book. */
  @Test
  void nobodyIsToldOfWhatTheDemoDataHasBooked() throws SQLException {
    Guest guest = new Guest(platform);
    guest.books(3_600);
    guest.awaitMessages(1);

    assertThat(platform.servers().inbox().mails())
        .filteredOn(mail -> mail.calendar() != null)
        .flatExtracting(Mail::recipients)
        .noneMatch(to -> to.matches("[a-z]+\\.[a-z]+@example\\.com") && !to.startsWith("ada."));
  }

  private Http operator(Guest guest) {
    return guest
        .location
        .http()
        .as(
            platform.users().stream()
                .filter(user -> user.role().equals("operator"))
                .findFirst()
                .orElseThrow());
  }

  private static String found(Pattern pattern, Mail mail) {
    @Nullable String calendar = mail.calendar();
    assertThat(calendar).isNotNull().containsPattern(pattern);
    Matcher matcher = pattern.matcher(String.valueOf(calendar));
    assertThat(matcher.find()).isTrue();
    return matcher.group(1);
  }

  /** The customer of a location of her own, who wants SMS and may be told at any hour. */
  private static final class Guest {
    private final InboxServer inbox;
    private final Location location;
    private final String email;
    private final String phone;

    Guest(Platform platform) throws SQLException {
      this.inbox = platform.servers().inbox();
      this.location = Location.create(platform);
      this.email = "guest" + location.customer + "@example.com";
      this.phone = "+4915112%06d".formatted(location.customer);
      location.sql(
          "update customers set email = ?, phone = ? where id = ?",
          email,
          phone,
          location.customer);
      location.sql(
          "insert into notification_preferences (customer_id, location_id, sms_consent_at,"
              + " sms_consent_source, quiet_from, quiet_until, reminder_minutes)"
              + " values (?, ?, now(), 'in_person', '00:00', '00:00', array[?])",
          location.customer,
          location.id,
          REMINDED_MINUTES_BEFORE);
    }

    /** An appointment of which she is to be reminded in so many seconds. */
    long books(int seconds) throws SQLException {
      return location.appointment(
          location.barbers.getFirst(),
          OffsetDateTime.now(ZoneOffset.UTC)
              .plusMinutes(REMINDED_MINUTES_BEFORE)
              .plusSeconds(seconds)
              .truncatedTo(ChronoUnit.SECONDS));
    }

    void awaitMessages(int each) {
      await()
          .atMost(Location.PATIENCE)
          .untilAsserted(
              () -> {
                assertThat(mails()).hasSize(each);
                assertThat(sms()).hasSize(each);
              });
    }

    /** Newest first. */
    List<Mail> mails() {
      return inbox.mails().stream().filter(mail -> mail.recipients().contains(email)).toList();
    }

    /** Newest first. */
    List<Sms> sms() {
      return inbox.sms().stream().filter(sms -> sms.to().equals(phone)).toList();
    }
  }
}
