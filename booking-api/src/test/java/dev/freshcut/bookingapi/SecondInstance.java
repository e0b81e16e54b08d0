package dev.freshcut.bookingapi;

import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;

/** Another instance of the service, over the database and the Redis of the first. */
public final class SecondInstance implements AutoCloseable {
  private final ApiFixture first;
  private final ConfigurableApplicationContext application;

  public SecondInstance(ApiFixture first, Map<String, Object> settings) {
    this.first = first;
    this.application = BookingApiApplication.start(ApiFixture.settings(first.database(), settings));
  }

  public int port() {
    var server = ((ServletWebServerApplicationContext) application).getWebServer();
    return Objects.requireNonNull(server).getPort();
  }

  public <T> T bean(Class<T> type) {
    return application.getBean(type);
  }

  public Reply get(String path, String... headers) {
    return first.send(request(path, headers).GET());
  }

  public Reply post(String path, String json, String... headers) {
    return first.send(
        request(path, headers)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(json)));
  }

  /** As {@link ApiFixture#requestOfNobody}. */
  public Reply getAsNobody(String path, String... headers) {
    return first.send(requestOfNobody(path, headers).GET());
  }

  private HttpRequest.Builder request(String path, String... headers) {
    HttpRequest.Builder request = requestOfNobody(path, headers);
    if (Arrays.stream(headers).noneMatch("Authorization"::equalsIgnoreCase)) {
      request.header("Authorization", "Bearer " + first.operator());
    }
    return request;
  }

  private HttpRequest.Builder requestOfNobody(String path, String... headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://localhost:" + port() + path))
            .timeout(Duration.ofMinutes(1));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return request;
  }

  @Override
  public void close() {
    application.close();
  }
}
