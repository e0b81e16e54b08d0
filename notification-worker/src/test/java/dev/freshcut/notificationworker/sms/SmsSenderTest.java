package dev.freshcut.notificationworker.sms;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshcut.notificationworker.LocalServer;
import dev.freshcut.notificationworker.Samples;
import dev.freshcut.notificationworker.sending.Kind;
import dev.freshcut.notificationworker.sending.SendResult;
import dev.freshcut.notificationworker.template.Texts;
import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SmsSenderTest {
  private static final Instant NOW = Instant.parse("2027-01-10T08:00:00Z");
  private static final String TAKEN = "{\"sid\":\"SM0123456789\",\"status\":\"queued\"}";
  private static final Samples ADA = Samples.plain().calling("0151 23456789");

  private final CountDownLatch ended = new CountDownLatch(1);
  private LocalServer server;
  private TwilioProvider provider;
  private SmsSender sender;

  @BeforeEach
  void start() throws IOException {
    server = new LocalServer();
    server.answer(LocalServer.body(201, TAKEN));
    provider = provider(server.url(), "+4930901820", Duration.ofSeconds(60));
    sender = sender(provider);
  }

  @AfterEach
  void stop() {
    ended.countDown();
    provider.close();
    server.close();
  }

  @Test
  void sendsAsTheInterfaceHasIt() throws Exception {
    assertThat(sender.send(ADA.of(Kind.REMINDER))).isEqualTo(new SendResult.Sent("SM0123456789"));

    LocalServer.Request request = server.requests.getFirst();
    assertThat(request).hasToString("POST /2010-04-01/Accounts/AC42/Messages.json");
    assertThat(request.headers())
        .containsEntry("content-type", "application/x-www-form-urlencoded")
        .containsEntry(
            "authorization",
            "Basic "
                + Base64.getEncoder()
                    .encodeToString("AC42:geheim".getBytes(StandardCharsets.UTF_8)));
    assertThat(form(request))
        .isEqualTo(
            Map.of(
                "To",
                "+4915123456789",
                "From",
                "+4930901820",
                "Body",
                "Fade & Sons: a reminder of your appointment. Haircut with Luca, Fri 15 Jan, 2:00 PM."));
  }

  @Test
  void messagingServiceHasAFieldOfItsOwn() throws Exception {
    String service = "MG0123456789abcdef0123456789abcdef";
    try (TwilioProvider other = provider(server.url(), service, Duration.ofSeconds(60))) {
      sender(other).send(ADA.of(Kind.CONFIRMED));
    }

    assertThat(form(server.requests.getFirst()))
        .containsEntry("MessagingServiceSid", service)
        .doesNotContainKey("From");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "x&To=%2B4915100000000&Body=evil",
        "a\r\nAuthorization: none",
        "{{customer}}{{{price}}}",
        "👩🏽‍🦱👩🏽‍🦱👩🏽‍🦱 Straße",
        "\u202Eevil\u202C מספרה",
      })
  void whatPeopleTypedStaysInTheText(String typed) throws Exception {
    assertThat(sender.send(ADA.typed(typed).of(Kind.CONFIRMED)))
        .isInstanceOf(SendResult.Sent.class);

    Map<String, String> form = form(server.requests.getFirst());
    assertThat(form).containsOnlyKeys("To", "From", "Body").containsEntry("To", "+4915123456789");
    assertThat(form.get("Body")).doesNotContain("\n", "\u202E").contains("confirmed");
  }

  /** Whatever the names: a message is paid for by its parts. */
  @ParameterizedTest
  @ValueSource(strings = {"a", "ł", "👩🏽‍🦱", "€", "ß "})
  void atMostTwoParts(String typed) throws Exception {
    for (Kind kind :
        List.of(
            Kind.REQUESTED,
            Kind.CONFIRMED,
            Kind.MOVED,
            Kind.CANCELLED,
            Kind.REMINDER,
            Kind.OFFERED)) {
      for (Locale language : List.of(Locale.ENGLISH, Locale.GERMAN)) {
        for (String zone :
            List.of("Europe/Berlin", "Asia/Kathmandu", "America/Argentina/Buenos_Aires")) {
          sender.send(ADA.typed(typed.repeat(60)).in(language).readBy(ZoneId.of(zone)).of(kind));
          String text = form(server.requests.getLast()).get("Body");
          assertThat(Segments.of(String.valueOf(text))).as(text).isLessThanOrEqualTo(2);
        }
      }
    }
  }

  @Test
  void badNumberIsRefusedForGoodWithoutAsking() throws Exception {
    assertThat(sender.send(ADA.calling("ring me").of(Kind.REMINDER)))
        .isInstanceOf(SendResult.Permanent.class);
    assertThat(sender.send(ADA.named("\u0000").typed("\u0000").of(Kind.REMINDER)))
        .isInstanceOf(SendResult.Permanent.class);
    assertThat(server.requests).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "401,20003,Down",
    "403,20005,Down",
    "400,21211,Permanent",
    "400,21408,Permanent",
    "400,21610,Permanent",
    "400,21614,Permanent",
    "400,21617,Permanent",
    "400,21606,Down",
    "400,21611,Throttled",
    "429,20429,Throttled",
    "400,30001,Throttled",
    "400,30003,Temporary",
    "400,30005,Permanent",
    "400,30007,Permanent",
    "400,30008,Temporary",
    "400,0,Permanent",
    "400,99999,Permanent",
    "404,20404,Down",
    "408,0,Temporary",
    "500,20500,Down",
    "502,0,Down",
    "503,0,Down",
    "302,0,Down",
  })
  void answers(int status, int code, String expected) throws Exception {
    server.answer(
        LocalServer.body(
            status,
            "{\"code\":"
                + code
                + ",\"message\":\"+4915123456789 is bad\",\"status\":"
                + status
                + "}"));

    SendResult result = sender.send(ADA.of(Kind.REMINDER));

    assertThat(result.getClass().getSimpleName()).as(result.toString()).isEqualTo(expected);
    assertThat(result.toString()).contains("" + status).doesNotContain("4915123456789", "geheim");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "429|120|PT2M",
        "503|7|PT7S",
        "429|Sun, 10 Jan 2027 08:05:00 GMT|PT5M",
        "429|Sun, 10 Jan 2027 07:00:00 GMT|PT1S",
        "429|0|PT1S",
        "429|999999999|PT24H",
        "429|Sun, 10 Jan 2077 08:05:00 GMT|PT24H",
        "429|-5|PT30S",
        "429|soon|PT30S",
        "429|99999999999999|PT30S",
      })
  void waitsAsLongAsIsAsked(int status, String header, Duration wait) throws Exception {
    server.answer(LocalServer.status(status, "Retry-After", header));

    assertThat(sender.send(ADA.of(Kind.REMINDER)))
        .isInstanceOfSatisfying(
            SendResult.Throttled.class, result -> assertThat(result.after()).isEqualTo(wait));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "null", "[]", "\"sid\"", "<html>Welcome to our WLAN</html>", "{\"sid\":null}"})
  void whatIsNotTheInterfacesAnswerIsNotTakenForOne(String body) throws Exception {
    server.answer(LocalServer.body(200, body));

    assertThat(sender.send(ADA.of(Kind.REMINDER))).isInstanceOf(SendResult.Down.class);
  }

  @Test
  void redirectsAreNotFollowed() throws Exception {
    server.answer(LocalServer.status(307, "Location", server.url() + "/elsewhere"));

    assertThat(sender.send(ADA.of(Kind.REMINDER))).isInstanceOf(SendResult.Down.class);
    assertThat(server.requests).hasSize(1);
  }

  @Test
  void endlessAnswerIsCutOff() throws Exception {
    server.answer(LocalServer.endless(201));

    assertThat(sender.send(ADA.of(Kind.REMINDER))).isInstanceOf(SendResult.Down.class);
  }

  @Test
  void slowAnswersHaveAnEnd() throws Exception {
    try (TwilioProvider hasty = provider(server.url(), "+4930901820", Duration.ofMillis(300))) {
      server.answer(
          exchange -> {
            exchange.sendResponseHeaders(201, 0);
            exchange.getResponseBody().write('{');
            exchange.getResponseBody().flush();
            await();
          });
      assertThat(sender(hasty).send(ADA.of(Kind.REMINDER)))
          .isInstanceOf(SendResult.Unanswered.class);

      server.answer(exchange -> await());
      assertThat(sender(hasty).send(ADA.of(Kind.REMINDER)))
          .isInstanceOf(SendResult.Unanswered.class);
    }
  }

  @Test
  void providerThatIsAwayIsDown() throws Exception {
    server.close();

    assertThat(sender.send(ADA.of(Kind.REMINDER)))
        .isEqualTo(new SendResult.Down("the SMS provider can't be reached"));
  }

  /** Nothing was said to whoever answers in its place. */
  @Test
  void providerWithoutItsCertificateIsDown() throws Exception {
    try (LocalServer impostor = LocalServer.withUnknownCertificate();
        TwilioProvider other = provider(impostor.url(), "+4930901820", Duration.ofSeconds(60))) {
      assertThat(sender(other).send(ADA.of(Kind.REMINDER))).isInstanceOf(SendResult.Down.class);
      assertThat(impostor.requests).isEmpty();
    }
  }

  @Test
  void answerThatBreaksOffMayHaveBeenATakenMessage() throws Exception {
    server.answer(exchange -> {});

    assertThat(sender.send(ADA.of(Kind.REMINDER))).isInstanceOf(SendResult.Unanswered.class);
  }

  private void await() {
    try {
      ended.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static Map<String, String> form(LocalServer.Request request) {
    return Arrays.stream(request.text().split("&"))
        .map(pair -> pair.split("=", 2))
        .collect(
            Collectors.toMap(
                pair -> URLDecoder.decode(pair[0], StandardCharsets.UTF_8),
                pair -> URLDecoder.decode(pair[1], StandardCharsets.UTF_8)));
  }

  private static SmsSender sender(SmsProvider provider) {
    return new SmsSender(provider, new PhoneNumbers("DE"), new Texts(), 2);
  }

  private static TwilioProvider provider(String url, String from, Duration answer) {
    return new TwilioProvider(
        new SmsSettings(
            "AC42", "geheim", from, URI.create(url), "DE", 2, Duration.ofSeconds(60), answer),
        Clock.fixed(NOW, ZoneOffset.UTC));
  }
}
