package dev.freshcut.quickstart;

import static java.util.stream.Collectors.joining;

import dev.freshcut.quickstart.demo.Tour;
import java.time.Duration;
import java.util.Locale;
import java.util.stream.Stream;

/** What a person sees once everything runs: where it is, who may log in, and what to try. */
final class Banner {
  private Banner() {}

  static String of(Addresses addresses, Tour tour, Options options, Duration elapsed) {
    Addresses.User user = addresses.users().getFirst();
    String curl =
        "curl -si '%s/api/v1/locations/%d/slots?date=%s&barber=%d&service=%d'"
            .formatted(
                addresses.api(), tour.locationId(), tour.date(), tour.barberId(), tour.serviceId());
    String show = "grep -ioE '^cache-status.*|\"startsAt\":\"[^\"]+\"'";
    String psql =
        "psql 'postgresql://%s:%s@%s/freshcut'"
            .formatted(user.name(), user.password(), addresses.postgres());
    String sql =
        "UPDATE appointments SET status = 'cancelled' WHERE id = %d"
            .formatted(tour.appointmentId());
    return String.format(
        Locale.ROOT,
        """

        Freshcut is ready after %.0f s. Ctrl-C stops all of it.

          API         %s  (described at %s/docs)
          Log in      at POST /api/v1/login; everybody's password is %s
                      %s
          PostgreSQL  %s  database freshcut, user %s, password %s
          Redis       %s
          Kafka       %s
          Inbox       %s  the mails and SMS that are sent, in a browser
          For programs: %s

        Four things to try in another terminal:

          1. A barber's free times. Run it twice: the second answer is a hit.
             %s | %s

          2. Cancel an appointment of that day behind the API's back; any SQL client will do.
             %s -c "%s"

          3. Line 1 again: a miss, and the freed times are there. All other answers stay cached.

          4. Book the freed time, and look at the inbox. Line 2 had a mail sent as well.
             %s

        """,
        elapsed.toMillis() / 1000.0,
        addresses.api(),
        addresses.api(),
        password(addresses),
        emails(addresses),
        addresses.postgres(),
        user.name(),
        user.password(),
        addresses.redis(),
        addresses.kafka(),
        addresses.inbox(),
        options.addresses(),
        curl,
        show,
        psql,
        sql,
        book(addresses, tour));
  }

  /** As the first of the API's users, the client. */
  private static String book(Addresses addresses, Tour tour) {
    Addresses.User client = ofApi(addresses).findFirst().orElseThrow();
    String post = "curl -s -H 'Content-Type: application/json'";
    String login =
        "%s %s/api/v1/login -d '{\"email\":\"%s\",\"password\":\"%s\"}'"
            .formatted(post, addresses.api(), client.name(), client.password());
    return """
        %s %s/api/v1/appointments -d '{"locationId":%d,"barberId":%d,"serviceId":%d,"startsAt":"%s"}' \
        -H "Authorization: Bearer $(%s | sed 's/.*"accessToken":"\\([^"]*\\).*/\\1/')\""""
        .formatted(
            post,
            addresses.api(),
            tour.locationId(),
            tour.barberId(),
            tour.serviceId(),
            tour.startsAt(),
            login);
  }

  private static Stream<Addresses.User> ofApi(Addresses addresses) {
    return addresses.users().stream().filter(user -> user.at().equals("api"));
  }

  private static String password(Addresses addresses) {
    return ofApi(addresses).map(Addresses.User::password).distinct().collect(joining(" or "));
  }

  private static String emails(Addresses addresses) {
    return ofApi(addresses)
        .map(user -> user.name() + " (" + user.role() + ")")
        .collect(joining(", "));
  }
}
