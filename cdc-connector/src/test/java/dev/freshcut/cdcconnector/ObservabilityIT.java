package dev.freshcut.cdcconnector;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshcut.cdcconnector.lifecycle.ConnectorState;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.context.ConfigurableApplicationContext;

/** Health and metrics as operators see them, over HTTP. */
class ObservabilityIT {
  private final ConnectorFixture fixture = new ConnectorFixture();

  @AfterEach
  void close() {
    fixture.close();
  }

  @Test
  void healthAndMetricsTellOfTheStream() throws Exception {
    ConfigurableApplicationContext context = fixture.start(overHttp());
    ConnectorFixture.awaitStreaming(context);
    fixture.database.execute("INSERT INTO items (id) VALUES (1)");
    fixture.awaitItems(1);
    fixture.awaitAdvance();

    Awaitility.await()
        .atMost(ConnectorFixture.PATIENCE)
        .untilAsserted(
            () ->
                assertThat(get(context, "/actuator/health/connector").body())
                    .contains("\"status\":\"UP\"")
                    .contains("\"state\":\"STREAMING\"")
                    .contains("\"slot\":\"reserved\"")
                    .contains("\"slotActive\":true")
                    .containsPattern("\"lagBytes\":\\d+")
                    .containsPattern("\"lagMillis\":\\d+")
                    .containsPattern("\"lastEvent\":\"\\d{4}-.*Z\""));
    String metrics = get(context, "/actuator/prometheus").body();
    assertThat(metrics)
        .containsPattern("(?m)^freshcut_connector_lag_bytes \\d")
        .containsPattern("(?m)^freshcut_connector_lag_seconds \\d")
        .containsPattern("(?m)^freshcut_connector_last_event_seconds \\d")
        .containsPattern("(?m)^freshcut_connector_records_total [1-9]")
        .containsPattern("(?m)^freshcut_connector_failures_total 0")
        .containsPattern("(?m)^freshcut_connector_gaps_total 1")
        .containsPattern("(?m)^freshcut_connector_state\\{state=\"streaming\"} 1")
        .containsPattern("(?m)^freshcut_connector_state\\{state=\"retrying\"} 0");
  }

  @Test
  void aFaultIsDown() throws Exception {
    Map<String, Object> settings = overHttp();
    settings.put("freshcut.connector.database.password", "wrong");
    ConfigurableApplicationContext context = fixture.start(settings);
    ConnectorFixture.awaitState(context, ConnectorState.RETRYING);

    Awaitility.await()
        .atMost(ConnectorFixture.PATIENCE)
        .untilAsserted(
            () -> {
              HttpResponse<String> health = get(context, "/actuator/health/connector");
              assertThat(health.statusCode()).isEqualTo(503);
              assertThat(health.body())
                  .contains("\"status\":\"DOWN\"")
                  .contains("password authentication failed")
                  .doesNotContain("wrong");
            });
  }

  private Map<String, Object> overHttp() {
    Map<String, Object> settings = fixture.settings();
    settings.remove("spring.main.web-application-type");
    settings.put("server.port", 0);
    return settings;
  }

  private static HttpResponse<String> get(ConfigurableApplicationContext context, String path)
      throws IOException, InterruptedException {
    String port = String.valueOf(context.getEnvironment().getProperty("local.server.port"));
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(
          HttpRequest.newBuilder(URI.create("http://localhost:" + port + path)).build(),
          BodyHandlers.ofString());
    }
  }
}
