package dev.freshcut.quickstart;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.springframework.context.ConfigurableApplicationContext;

/** Waits until an application says of itself that it works. */
final class Health {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final long POLL_MILLIS = 50;
  private static final int OK = 200;

  private Health() {}

  /**
   * Returns the application once it is healthy.
   *
   * @throws StartFailure with what it says of itself if it takes too long
   */
  static ConfigurableApplicationContext await(
      String name, ConfigurableApplicationContext application)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(Applications.url(application) + "/actuator/health"))
            .timeout(LIMIT)
            .build();
    long deadline = System.nanoTime() + LIMIT.toNanos();
    try (HttpClient client = HttpClient.newHttpClient()) {
      while (true) {
        HttpResponse<String> response = client.send(request, BodyHandlers.ofString());
        if (response.statusCode() == OK) {
          return application;
        }
        if (System.nanoTime() > deadline) {
          throw new StartFailure(
              name,
              "it is not healthy after " + LIMIT.toSeconds() + " s: " + response.body(),
              "Look in the log for what it says");
        }
        TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
      }
    }
  }
}
