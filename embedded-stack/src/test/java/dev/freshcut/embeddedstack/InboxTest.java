package dev.freshcut.embeddedstack;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshcut.embeddedstack.inbox.Mail;
import dev.freshcut.embeddedstack.inbox.Sms;
import jakarta.mail.Message.RecipientType;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.net.ConnectException;
import java.net.Socket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Base64;
import java.util.List;
import java.util.Properties;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the inbox promises those who send and those who look. */
class InboxTest {
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private final InboxServer inbox = TestServers.shared().inbox();
  private final String recipient = UUID.randomUUID() + "@example.org";

  @AfterAll
  static void close() {
    HTTP.close();
  }

  @Test
  void keepsAndShowsAMail() throws Exception {
    send("Grüße & <b>more</b>", "text/plain; charset=utf-8", "Line <1>\nLine 2");

    Mail mail = received();
    assertThat(mail.subject()).isEqualTo("Grüße & <b>more</b>");
    assertThat(mail.text()).isEqualToIgnoringNewLines("Line <1>\r\nLine 2");
    assertThat(get("/").body()).contains("Grüße &amp; &lt;b&gt;more&lt;/b&gt;");
    assertThat(get("/list?show=sms").body()).doesNotContain("Grüße");
    assertThat(get("/messages/" + mail.id()).body())
        .contains("to " + recipient, "Line &lt;1&gt;")
        .doesNotContain("<b>more");
    assertThat(get("/messages/" + mail.id() + "?show=mail&view=source").body())
        .contains("Content-Transfer-Encoding", "<a class='back' href='/?show=mail'>");
  }

  @Test
  void showsHtmlWithoutScriptsAndWithoutWhatIsElsewhere() throws Exception {
    String hostile =
        "<script>alert(1)</script><img src=http://tracker.example/x.png>"
            + "<a href='javascript:alert(2)'>link</a></iframe><p>body</p>";
    send("Hostile", "text/html; charset=utf-8", hostile);

    Mail mail = received();
    String page = get("/messages/" + mail.id()).body();
    assertThat(page).contains("<iframe sandbox").doesNotContain("alert", "tracker.example");
    HttpResponse<String> html = get("/messages/" + mail.id() + "/html");
    assertThat(html.body()).isEqualToIgnoringNewLines(hostile);
    assertThat(html.headers().firstValue("Content-Security-Policy").orElseThrow())
        .startsWith("sandbox; default-src 'none'")
        .doesNotContain("allow-", "script-src");
    assertThat(html.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
    assertThat(get("/").headers().firstValue("Content-Security-Policy").orElseThrow())
        .startsWith("default-src 'none'");
  }

  @Test
  void showsACalendarEntryInWords() throws Exception {
    send(
        "Invitation",
        "text/calendar; charset=utf-8; method=REQUEST",
        """
        BEGIN:VCALENDAR
        METHOD:REQUEST
        BEGIN:VTIMEZONE
        TZID:Europe/Berlin
        BEGIN:STANDARD
        DTSTART:19701025T030000
        END:STANDARD
        END:VTIMEZONE
        BEGIN:VEVENT
        UID:1@example.org
        SUMMARY:Tea\\, then
          cake
        DTSTART;TZID=Europe/Berlin:20270301T093000
        DTEND:20270301T090000Z
        END:VEVENT
        END:VCALENDAR
        """);

    String page = get("/messages/" + received().id() + "?view=calendar").body();
    assertThat(page)
        .contains("Tea, then cake", "Mon 1 Mar 2027, 09:30 Europe/Berlin")
        .contains("Mon 1 Mar 2027, 09:00 UTC", "BEGIN:VEVENT");
    assertThat(get("/").body()).contains("Calendar");
  }

  @Test
  void refusesAMailThatIsTooLargeAndTakesTheNextOfTheSameClient() throws Exception {
    Session session = session();
    try (Transport transport = session.getTransport("smtp")) {
      transport.connect();
      MimeMessage large = mail(session, "Large", "text/plain", "x\r\n".repeat(2_000_000));
      assertThatThrownBy(() -> transport.sendMessage(large, large.getAllRecipients()))
          .isInstanceOf(MessagingException.class)
          .hasStackTraceContaining("552");
      MimeMessage small = mail(session, "Small", "text/plain", "x");
      transport.sendMessage(small, small.getAllRecipients());
    }
    assertThat(received().subject()).isEqualTo("Small");
  }

  @Test
  void keepsWhatIsNoMailAtAll() throws Exception {
    try (Socket socket = new Socket(inbox.host(), inbox.smtpPort())) {
      socket.setSoTimeout(60_000);
      socket
          .getOutputStream()
          .write(
              ("EHLO me\r\nMAIL FROM:<>\r\nRCPT TO:<"
                      + recipient
                      + ">\r\nDATA\r\n\0\u0007 \r\nContent-Type: multipart/x; boundary=\"\r\n.\r\n"
                      + "QUIT\r\n")
                  .getBytes(UTF_8));
      assertThat(new String(socket.getInputStream().readAllBytes(), UTF_8)).contains("\r\n250 2.0");
    }

    Mail mail = received();
    assertThat(get("/messages/" + mail.id()).statusCode()).isEqualTo(200);
    assertThat(get("/").body()).contains("(no subject)");
  }

  @Test
  void takesSmsAsTwilioDoes() throws Exception {
    String number = number();
    HttpResponse<String> answer =
        sms(inbox.smsToken(), "To", number, "From", "+15550100", "Body", "Hello <you>, 5 €");

    assertThat(answer.statusCode()).isEqualTo(201);
    Sms sms = inbox.sms().stream().filter(one -> one.to().equals(number)).findFirst().orElseThrow();
    assertThat(sms.body()).isEqualTo("Hello <you>, 5 €");
    assertThat(answer.body())
        .contains("\"sid\":\"" + sms.sid() + "\"", "\"status\":\"queued\"")
        .contains("\"num_segments\":\"1\"", "\"error_code\":null");
    assertThat(sms.sid()).matches("SM[0-9a-f]{32}");

    sms(inbox.smsToken(), "To", number, "MessagingServiceSid", "MG1", "Body", "ł".repeat(71));
    String page = get("/messages/" + sms.id()).body();
    assertThat(page).contains("Hello &lt;you&gt;, 5 €", number, "1 segment<", "2 segments");
    assertThat(get("/messages/" + sms.id() + "?show=sms").body())
        .contains("<a class='back' href='/?show=sms'>", "?show=sms&amp;part=conversation");
    assertThat(get("/messages/" + sms.id() + "/html").statusCode()).isEqualTo(404);
  }

  @ParameterizedTest
  @CsvSource({
    "'', +15550100, text, 21604",
    "nobody, +15550100, text, 21211",
    "+4930123456, '', text, 21603",
    "+4930123456, +15550100, '', 21602"
  })
  void refusesSmsWithTheProvidersCodes(String to, String from, String body, int code)
      throws Exception {
    HttpResponse<String> answer = sms(inbox.smsToken(), "To", to, "From", from, "Body", body);
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).contains("\"code\":" + code + ",", "\"status\":400");
  }

  @Test
  void refusesSmsThatAreTooLongMangledOrOfSomebodyElse() throws Exception {
    String number = number();
    assertThat(
            sms(inbox.smsToken(), "To", number, "From", "+1555", "Body", "x".repeat(1_601)).body())
        .contains("\"code\":21617");
    assertThat(post(path(), inbox.smsToken(), "To=%zz&Body&=&From").body())
        .contains("\"code\":21604");
    assertThat(post(path(), inbox.smsToken(), "x".repeat(70_000)).statusCode()).isEqualTo(413);
    assertThat(sms("guessed", "To", number, "From", "+1555", "Body", "b").statusCode())
        .isEqualTo(401);
    assertThat(post(path().replace(inbox.smsAccount(), "AC0"), inbox.smsToken(), "").statusCode())
        .isEqualTo(404);
    assertThat(get(path()).statusCode()).isEqualTo(401);
    assertThat(inbox.sms()).noneMatch(sms -> sms.to().equals(number));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/messages/999999999999",
        "/messages/99999999999999999999",
        "/messages/x",
        "/nothing",
        "/messages/1/html/x",
        "/../inbox.css"
      })
  void hasNoOtherPages(String path) throws Exception {
    assertThat(get(path).statusCode()).isEqualTo(404);
  }

  @Test
  void changesNothingAndAnswersToItsOwnNamesOnly() throws Exception {
    HttpResponse<String> posted = post("/", inbox.smsToken(), "x");
    assertThat(posted.statusCode()).isEqualTo(405);
    URI uri = URI.create(inbox.url());
    try (Socket socket = new Socket(uri.getHost(), uri.getPort())) {
      socket.setSoTimeout(60_000);
      socket
          .getOutputStream()
          .write(
              "GET / HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n".getBytes(UTF_8));
      assertThat(new String(socket.getInputStream().readAllBytes(), UTF_8)).contains(" 421 ");
    }
  }

  @Test
  void whatCameRemainsOverARestart() throws Exception {
    try (Servers servers = Servers.create(ServersOptions.defaults().withStopOnExit(false))) {
      InboxServer own = servers.inbox();
      assertThat(get(own, "/").body()).contains("Nothing has been sent yet");
      Session session = session(own);
      MimeMessage first = mail(session, "First", "text/plain", "x");
      Transport.send(first);
      own.stop();
      assertThatThrownBy(() -> Transport.send(first)).isInstanceOf(MessagingException.class);
      assertThatThrownBy(() -> get(own, "/")).isInstanceOf(ConnectException.class);
      own.start();
      Transport.send(mail(session, "Second", "text/plain", "x"));
      assertThat(own.mails()).extracting(Mail::subject).containsExactly("Second", "First");
      assertThat(get(own, "/").body()).contains("2 messages");
    }
  }

  private Mail received() {
    List<Mail> mails =
        inbox.mails().stream().filter(mail -> mail.recipients().contains(recipient)).toList();
    assertThat(mails).hasSize(1);
    return mails.getFirst();
  }

  private Session session() {
    return session(inbox);
  }

  private static Session session(InboxServer server) {
    Properties properties = new Properties();
    properties.setProperty("mail.smtp.host", server.host());
    properties.setProperty("mail.smtp.port", Integer.toString(server.smtpPort()));
    properties.setProperty("mail.smtp.timeout", "60000");
    return Session.getInstance(properties);
  }

  private void send(String subject, String type, String content) throws MessagingException {
    Transport.send(mail(session(), subject, type, content));
  }

  private MimeMessage mail(Session session, String subject, String type, String content)
      throws MessagingException {
    MimeMessage message = new MimeMessage(session);
    message.setFrom(new InternetAddress("sender@example.org"));
    message.setRecipient(RecipientType.TO, new InternetAddress(recipient));
    message.setSubject(subject, "UTF-8");
    Matcher kind = Pattern.compile("text/(\\w+)").matcher(type);
    assertThat(kind.find()).isTrue();
    message.setText(content, "UTF-8", kind.group(1));
    message.setHeader("Content-Type", type);
    return message;
  }

  private static String number() {
    return "+49" + Math.floorMod(UUID.randomUUID().getMostSignificantBits(), 10_000_000_000L + 1);
  }

  private String path() {
    return "/2010-04-01/Accounts/" + inbox.smsAccount() + "/Messages.json";
  }

  private HttpResponse<String> sms(String token, String... fields)
      throws IOException, InterruptedException {
    StringBuilder form = new StringBuilder();
    for (int i = 0; i < fields.length; i += 2) {
      form.append(fields[i])
          .append('=')
          .append(URLEncoder.encode(fields[i + 1], UTF_8))
          .append('&');
    }
    return post(path(), token, form.toString());
  }

  private HttpResponse<String> post(String path, String token, String body)
      throws IOException, InterruptedException {
    String credentials =
        Base64.getEncoder().encodeToString((inbox.smsAccount() + ":" + token).getBytes(UTF_8));
    return HTTP.send(
        HttpRequest.newBuilder(URI.create(inbox.url() + path))
            .header("Authorization", "Basic " + credentials)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString(body))
            .build(),
        BodyHandlers.ofString());
  }

  private HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return get(inbox, path);
  }

  private static HttpResponse<String> get(InboxServer server, String path)
      throws IOException, InterruptedException {
    return HTTP.send(
        HttpRequest.newBuilder(URI.create(server.url() + path)).build(), BodyHandlers.ofString());
  }
}
