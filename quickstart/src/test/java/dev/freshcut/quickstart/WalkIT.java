package dev.freshcut.quickstart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.freshcut.quickstart.HttpFile.Step;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The walk in {@code docs/walk} does what it says, twice. */
@ExtendWith(RunningPlatform.class)
class WalkIT {
  private static final Path FILE = Path.of("..", "docs", "walk", "booking.http");

  private final Platform platform;

  WalkIT(Platform platform) {
    this.platform = platform;
  }

  @Test
  void everyStepIsAnsweredAsItSays() throws Exception {
    assertThat(walk()).hasSizeGreaterThan(20);
    walk();
  }

  private List<Step> walk() throws IOException, InterruptedException {
    HttpFile file =
        HttpFile.read(FILE, Clock.systemUTC()).with("host", Applications.url(platform.api()));
    try (HttpClient client = HttpClient.newHttpClient()) {
      for (Step step : file.steps()) {
        if (step.isRepeatable()) {
          // A cache that is slow just now is passed by, which is no fault of the walk.
          await()
              .atMost(Location.PATIENCE)
              .untilAsserted(() -> file.learn(step, check(client, file, step)));
        } else {
          file.learn(step, check(client, file, step));
        }
      }
    }
    return file.steps();
  }

  private static HttpResponse<String> check(HttpClient client, HttpFile file, Step step)
      throws IOException, InterruptedException {
    HttpResponse<String> response = client.send(file.request(step), BodyHandlers.ofString());
    assertThat(file.complaints(step, response))
        .as("%s: %d %s", step.title(), response.statusCode(), response.body())
        .isEmpty();
    return response;
  }
}
