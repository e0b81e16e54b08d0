package dev.freshcut.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class AddressFileTest {
  @TempDir Path directory;

  @Test
  void existsWhileOpenWithEveryField() throws IOException {
    Path path = directory.resolve("freshcut.json");
    Addresses addresses =
        new Addresses(
            "http://localhost:8080",
            "jdbc:postgresql://localhost:5432/freshcut",
            "localhost:5432",
            "localhost:6379",
            "localhost:9092",
            "http://localhost:8081",
            "http://localhost:8082",
            "http://localhost:8083",
            "http://localhost:8025",
            "localhost:1025",
            List.of(
                new Addresses.User("postgres", "freshcut", "secret"),
                new Addresses.User("api", "ada@example.com", "demo", "client")));

    try (AddressFile file = AddressFile.write(path, addresses)) {
      assertThat(file).isNotNull();
      JsonNode json = JsonMapper.shared().readTree(path.toFile());
      assertThat(json.get("api").asString()).isEqualTo("http://localhost:8080");
      assertThat(json.get("jdbcUrl").asString()).startsWith("jdbc:postgresql://");
      assertThat(json.get("postgres").asString()).isEqualTo("localhost:5432");
      assertThat(json.get("redis").asString()).isEqualTo("localhost:6379");
      assertThat(json.get("kafka").asString()).isEqualTo("localhost:9092");
      assertThat(json.get("notifications").asString()).isEqualTo("http://localhost:8083");
      assertThat(json.get("inbox").asString()).isEqualTo("http://localhost:8025");
      assertThat(json.get("smtp").asString()).isEqualTo("localhost:1025");
      assertThat(json.at("/users/0/name").asString()).isEqualTo("freshcut");
      assertThat(json.at("/users/0").has("role")).isFalse();
      assertThat(json.at("/users/1/name").asString()).isEqualTo("ada@example.com");
      assertThat(json.at("/users/1/role").asString()).isEqualTo("client");
    }

    assertThat(directory).isEmptyDirectory();
  }
}
