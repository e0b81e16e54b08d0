package dev.freshcut.notificationworker.sms;

import dev.freshcut.notificationworker.sending.RetryAfter;
import dev.freshcut.notificationworker.sending.SendResult;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import javax.net.ssl.SSLHandshakeException;

/**
 * Twilio's interface for messages, version 2010-04-01, and those that are the same. It has no
 * idempotency key: where an answer is lost the message may have been sent, and another attempt
 * sends it again.
 */
final class TwilioProvider implements SmsProvider, AutoCloseable {
  private static final int MOST_BYTES = 65_536;

  private final SmsSettings settings;
  private final Clock clock;
  private final HttpClient client;
  private final URI messages;
  private final String login;

  TwilioProvider(SmsSettings settings, Clock clock) {
    this.settings = settings;
    this.clock = clock;
    this.client =
        HttpClient.newBuilder()
            .connectTimeout(settings.connectTimeout())
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();
    String account = Objects.requireNonNull(settings.account());
    this.messages = settings.url().resolve("/2010-04-01/Accounts/" + account + "/Messages.json");
    byte[] pair = (account + ":" + settings.token()).getBytes(StandardCharsets.UTF_8);
    this.login = "Basic " + Base64.getEncoder().encodeToString(pair);
  }

  @Override
  public SendResult send(String to, String text) throws InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(messages)
            .timeout(settings.answerTimeout())
            .header("Authorization", login)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .header("Accept", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(form(to, text)))
            .build();
    CompletableFuture<HttpResponse<String>> answer =
        client.sendAsync(request, head -> new BoundedBody(MOST_BYTES));
    try {
      // The request's own time-out ends with the answer's headers.
      return result(answer.get(settings.answerTimeout().toMillis(), TimeUnit.MILLISECONDS));
    } catch (ExecutionException e) {
      return failed(Objects.requireNonNullElse(e.getCause(), e));
    } catch (TimeoutException e) {
      return new SendResult.Unanswered("the SMS provider did not answer in time");
    } finally {
      answer.cancel(true);
    }
  }

  /**
   * Without a connection nothing was sent, and all may wait until there is one. After that it may
   * have been: each attempt could be another message.
   */
  private static SendResult failed(Throwable cause) {
    return cause instanceof ConnectException
            || cause instanceof HttpConnectTimeoutException
            || cause instanceof SSLHandshakeException
        ? new SendResult.Down("the SMS provider can't be reached")
        : new SendResult.Unanswered(
            "no answer of the SMS provider: " + cause.getClass().getSimpleName());
  }

  private SendResult result(HttpResponse<String> answer) {
    Duration after =
        answer
            .headers()
            .firstValue("Retry-After")
            .flatMap(text -> RetryAfter.of(text, clock.instant()))
            .orElse(null);
    return TwilioAnswer.result(answer.statusCode(), answer.body(), after);
  }

  private String form(String to, String text) {
    String from = Objects.requireNonNull(settings.from());
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("To", to);
    fields.put(from.startsWith("MG") && from.length() > 11 ? "MessagingServiceSid" : "From", from);
    fields.put("Body", text);
    return fields.entrySet().stream()
        .map(
            each ->
                each.getKey() + "=" + URLEncoder.encode(each.getValue(), StandardCharsets.UTF_8))
        .collect(Collectors.joining("&"));
  }

  @Override
  public void close() {
    client.shutdownNow();
  }
}
