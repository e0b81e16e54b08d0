package dev.freshcut.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshcut.quickstart.demo.DemoUser;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A client of the API. */
final class Http {
  private final HttpClient client = HttpClient.newHttpClient();
  private final String base;
  private final @Nullable String token;

  Http(String base) {
    this(base, null);
  }

  private Http(String base, @Nullable String token) {
    this.base = base;
    this.token = token;
  }

  /** The same client, logged in. */
  Http as(DemoUser user) {
    Reply reply = post("/api/v1/login", Map.of("email", user.email(), "password", user.password()));
    assertThat(reply.status()).as(reply.response().body()).isEqualTo(200);
    return new Http(base, reply.json().get("accessToken").asString());
  }

  /** An answer. */
  record Reply(HttpResponse<String> response) {
    int status() {
      return response.statusCode();
    }

    /** {@code Cache-Status}, empty if absent. */
    String cacheStatus() {
      return header("Cache-Status");
    }

    String header(String name) {
      return response.headers().firstValue(name).orElse("");
    }

    boolean hit() {
      return cacheStatus().startsWith("freshcut; hit");
    }

    /** Answered without asking the cache: Redis or the change stream is away, or slow just now. */
    boolean bypassed() {
      return cacheStatus().contains("fwd=bypass");
    }

    JsonNode json() {
      return JsonMapper.shared().readTree(response.body());
    }
  }

  Reply get(String path, String... headers) {
    HttpRequest.Builder request = request(path);
    if (headers.length > 0) {
      request.headers(headers);
    }
    return send(request.GET());
  }

  Reply post(String path, Map<String, ?> body) {
    String json = JsonMapper.shared().writeValueAsString(body);
    return send(
        request(path)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(json)));
  }

  private HttpRequest.Builder request(String path) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(base + path)).timeout(Duration.ofSeconds(30));
    return token == null ? request : request.header("Authorization", "Bearer " + token);
  }

  private Reply send(HttpRequest.Builder request) {
    try {
      return new Reply(client.send(request.build(), BodyHandlers.ofString()));
    } catch (IOException e) {
      throw new AssertionError("no answer to " + request.build(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }
}
