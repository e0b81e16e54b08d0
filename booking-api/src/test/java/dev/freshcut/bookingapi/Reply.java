package dev.freshcut.bookingapi;

import java.net.http.HttpResponse;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A response of the service. */
public record Reply(HttpResponse<String> response) {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  public int status() {
    return response.statusCode();
  }

  public String header(String name) {
    return response.headers().firstValue(name).orElse("");
  }

  public String token() {
    return header("Consistency-Token");
  }

  public String cacheStatus() {
    return header("Cache-Status");
  }

  public boolean isHit() {
    return cacheStatus().startsWith("freshcut; hit");
  }

  public JsonNode json() {
    return JSON.readTree(response.body());
  }

  /** The member of a problem that programs go by. */
  public String code() {
    return json().path("code").asString();
  }

  /** The fields that a problem names. */
  public List<String> errorFields() {
    return json().path("errors").valueStream().map(e -> e.path("field").asString()).toList();
  }

  @Override
  public String toString() {
    return status() + " " + response.headers().map() + " " + response.body();
  }
}
