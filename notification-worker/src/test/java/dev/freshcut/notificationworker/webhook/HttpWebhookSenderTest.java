package dev.freshcut.notificationworker.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshcut.notificationworker.LocalServer;
import dev.freshcut.notificationworker.sending.SendResult;
import dev.freshcut.notificationworker.sending.WebhookDelivery;
import dev.freshcut.notificationworker.sending.WebhookSender;
import dev.freshcut.sharedevents.webhook.SecretBox;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HttpWebhookSenderTest {
  private static final Instant NOW = Instant.parse("2027-01-10T08:00:00Z");
  private static final String KEY = "0123456789abcdef0123456789abcdef";
  private static final SecretBox BOX = new SecretBox("freshcut.webhooks.keys", List.of(KEY));

  private final List<String> lookedUp = new ArrayList<>();
  private LocalServer server;
  private HttpWebhookSender sender;

  @BeforeEach
  void start() throws IOException {
    server = new LocalServer();
    sender = sender(InetAddress::getAllByName, true, Duration.ofSeconds(30));
  }

  @AfterEach
  void stop() {
    sender.close();
    server.close();
  }

  @Test
  void deliversSignedByEverySecretThatIsGood() throws Exception {
    List<String> secrets = List.of("the newest secret", "the one before", "the oldest");

    assertThat(sender.send(delivery(server.url() + "/hooks?a=b", secrets)))
        .isEqualTo(new WebhookSender.Answer(new SendResult.Sent(null), 200));

    LocalServer.Request request = server.requests.getFirst();
    assertThat(request).hasToString("POST /hooks?a=b");
    assertThat(request.headers())
        .containsEntry("content-type", "application/json")
        .containsEntry("user-agent", "Freshcut-Webhooks/1")
        .containsEntry("webhook-id", "appointment_moved:42:7")
        .containsEntry("webhook-timestamp", "1799568000")
        .containsEntry(
            "webhook-signature",
            String.join(
                " ",
                secrets.stream()
                    .map(
                        secret ->
                            expected(secret, "appointment_moved:42:7.1799568000." + request.text()))
                    .toList()));
    assertThat(request.text())
        .isEqualTo(
            "{\"id\":\"appointment_moved:42:7\",\"type\":\"appointment.moved\","
                + "\"timestamp\":\"2027-01-10T07:59:58.123Z\",\"data\":{\"appointmentId\":42,"
                + "\"locationId\":3,\"barberId\":11,\"serviceId\":12,\"customerId\":5,"
                + "\"startsAt\":\"2027-01-15T13:00:00Z\",\"endsAt\":\"2027-01-15T13:45:00Z\","
                + "\"status\":\"confirmed\",\"version\":7}}");
  }

  @Test
  void anotherAttemptHasTheSameIdAndBody() throws Exception {
    server.answer(LocalServer.status(500));
    sender.send(delivery(server.url(), List.of("secret")));
    server.answer(LocalServer.status(204));
    sender.send(delivery(server.url(), List.of("secret")));

    assertThat(server.requests).hasSize(2);
    assertThat(server.requests.getLast().text()).isEqualTo(server.requests.getFirst().text());
    assertThat(server.requests.getLast().headers().get("webhook-id"))
        .isEqualTo(server.requests.getFirst().headers().get("webhook-id"));
  }

  @ParameterizedTest
  @CsvSource({
    "200,Sent",
    "202,Sent",
    "204,Sent",
    "299,Sent",
    "301,Temporary",
    "304,Temporary",
    "307,Temporary",
    "400,Temporary",
    "401,Temporary",
    "404,Temporary",
    "410,Gone",
    "429,Temporary",
    "500,Temporary",
    "503,Temporary",
  })
  void answers(int status, String expected) throws Exception {
    server.answer(LocalServer.status(status, "Location", server.url() + "/elsewhere"));

    WebhookSender.Answer answer = sender.send(delivery(server.url() + "/hooks", List.of("secret")));

    assertThat(answer.status()).isEqualTo(status);
    assertThat(answer.result().getClass().getSimpleName()).isEqualTo(expected);
    assertThat(server.requests).as("redirects are not followed, nothing is sent twice").hasSize(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"429|60|PT1M", "503|Sun, 10 Jan 2027 09:00:00 GMT|PT1H", "503|never|", "500|60|"})
  void waitsAsLongAsIsAsked(int status, String header, String wait) throws Exception {
    server.answer(LocalServer.status(status, "Retry-After", header));

    SendResult result = sender.send(delivery(server.url(), List.of("secret"))).result();

    if (wait == null) {
      assertThat(result).isInstanceOf(SendResult.Temporary.class);
    } else {
      assertThat(result)
          .isInstanceOfSatisfying(
              SendResult.Throttled.class,
              throttled -> assertThat(throttled.after()).isEqualTo(Duration.parse(wait)));
    }
  }

  @Test
  void receiverThatIsAwayIsTriedAgain() throws Exception {
    String url = server.url();
    server.close();

    WebhookSender.Answer answer = sender.send(delivery(url, List.of("secret")));

    assertThat(answer.result()).isInstanceOf(SendResult.Temporary.class);
    assertThat(answer.status()).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://127.0.0.1:1",
        "https://127.0.0.1:1",
        "https://[::1]:1",
        "http://example.org",
        "https://10.0.0.1",
        "https://169.254.169.254/latest/meta-data",
        "https://[::ffff:169.254.169.254]",
        "https://[fd00:ec2::254]/latest",
        "https://printer.local",
        "ftp://example.org",
        "https://user:pw@example.org",
      })
  void addressesThatAreNotPublicByTheirWriting(String url) throws Exception {
    try (HttpWebhookSender strict = sender(this::nothing, false, Duration.ofSeconds(30))) {
      assertThat(strict.send(delivery(url, List.of("secret"))).result())
          .isInstanceOf(SendResult.Permanent.class);
    }
    assertThat(lookedUp).isEmpty();
  }

  @Test
  void nameThatStandsForAPrivateAddress() throws Exception {
    try (HttpWebhookSender strict =
        sender(host -> InetAddress.getAllByName("10.1.2.3"), false, Duration.ofSeconds(30))) {
      assertThat(strict.send(delivery("https://hooks.example.org/x", List.of("secret"))).result())
          .isEqualTo(new SendResult.Permanent("the webhook's name stands for no public address"));
    }
  }

  /** A name whose meaning changes after it was looked at: what is connected to is what was seen. */
  @Test
  void nameIsLookedUpOnceForEachConnection() throws Exception {
    Addresses.Lookup turning =
        host -> {
          lookedUp.add(host);
          return InetAddress.getAllByName(lookedUp.size() == 1 ? "127.0.0.1" : "192.0.2.1");
        };
    try (HttpWebhookSender local = sender(turning, true, Duration.ofSeconds(30))) {
      String url = server.url().replace("127.0.0.1", "localhost");
      assertThat(local.send(delivery(url, List.of("secret"))).result())
          .isInstanceOf(SendResult.Sent.class);
    }
    assertThat(lookedUp).containsExactly("localhost");
  }

  @Test
  void nameThatCannotBeLookedUpIsTriedAgain() throws Exception {
    try (HttpWebhookSender strict = sender(this::nothing, false, Duration.ofSeconds(30))) {
      assertThat(strict.send(delivery("https://hooks.example.org", List.of("secret"))).result())
          .isEqualTo(new SendResult.Temporary("no answer: UnknownHostException"));
    }
  }

  /** No fault of the receiver. */
  @Test
  void nameThatWasNotLookedUpIsNoFailure() throws Exception {
    try (HttpWebhookSender busy =
        sender(
            host -> {
              throw new BoundedLookup.BusyException();
            },
            false,
            Duration.ofSeconds(30))) {
      assertThat(busy.send(delivery("https://hooks.example.org", List.of("secret"))).result())
          .isInstanceOf(SendResult.NotYet.class);
    }
  }

  @Test
  void withoutTheKeyNothingIsSent() throws Exception {
    try (HttpWebhookSender other = sender(List.of("f".repeat(32)));
        HttpWebhookSender none = sender(List.of())) {
      assertThat(other.send(delivery(server.url(), List.of("secret"))).result())
          .isEqualTo(
              new SendResult.Temporary(
                  "the secret can't be read: the key that sealed it is missing in"
                      + " freshcut.notifications.webhooks.keys"));
      assertThat(none.send(delivery(server.url(), List.of("secret"))).result())
          .isEqualTo(
              new SendResult.Down(
                  "nothing can be signed: set freshcut.notifications.webhooks.keys"));
    }
    assertThat(server.requests).isEmpty();
  }

  private static HttpWebhookSender sender(List<String> keys) {
    return new HttpWebhookSender(
        new SecretBox(WebhookSettings.KEYS, keys),
        http(InetAddress::getAllByName, true, Duration.ofSeconds(30)),
        true,
        Clock.fixed(NOW, ZoneOffset.UTC));
  }

  private InetAddress[] nothing(String host) throws UnknownHostException {
    lookedUp.add(host);
    throw new UnknownHostException(host);
  }

  /** Calculated apart from what it checks. */
  private static String expected(String secret, String content) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
      return "v1,"
          + Base64.getEncoder()
              .encodeToString(mac.doFinal(content.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static HttpWebhookSender sender(
      Addresses.Lookup lookup, boolean allowLocal, Duration timeout) {
    return new HttpWebhookSender(
        BOX, http(lookup, allowLocal, timeout), allowLocal, Clock.fixed(NOW, ZoneOffset.UTC));
  }

  private static Http http(Addresses.Lookup lookup, boolean allowLocal, Duration timeout) {
    return new Http(
        new Addresses(lookup, allowLocal),
        new WebhookSettings(List.of(KEY), allowLocal, Duration.ofSeconds(30), timeout, 16));
  }

  private static WebhookDelivery delivery(String url, List<String> secrets) {
    List<byte[]> sealed =
        secrets.stream()
            .map(secret -> BOX.seal(9, secret.getBytes(StandardCharsets.UTF_8)))
            .toList();
    return new WebhookDelivery(
        "appointment.moved:42:7",
        "appointment.moved",
        Instant.parse("2027-01-10T07:59:58.123Z"),
        new WebhookDelivery.Endpoint(9, 3, url, sealed),
        new WebhookDelivery.Data(
            null,
            42L,
            3,
            11L,
            12,
            5L,
            Instant.parse("2027-01-15T13:00:00Z"),
            Instant.parse("2027-01-15T13:45:00Z"),
            "confirmed",
            7));
  }
}
