package dev.freshcut.quickstart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.json.JsonMapper;

/** How quickstart starts and ends as a process of the operating system. */
class QuickstartProcessIT {
  private static final Duration START = Duration.ofMinutes(4);
  private static final Duration STOP = Duration.ofSeconds(60);

  @TempDir(cleanup = CleanupMode.ON_SUCCESS)
  Path directory;

  /** The JVM makes no difference between them, and a start takes long. */
  static Stream<Arguments> signals() {
    Stream<Arguments> ctrlC = Stream.of(Arguments.of("INT", 130));
    return Boolean.getBoolean("freshcut.exhaustive")
        ? Stream.concat(ctrlC, Stream.of(Arguments.of("TERM", 143)))
        : ctrlC;
  }

  @ParameterizedTest
  @MethodSource("signals")
  void aSignalStopsEverythingThatWasStarted(String signal, int status) throws Exception {
    try (ChildQuickstart child = ChildQuickstart.start(directory, "-Dfreshcut.port=0")) {
      await().atMost(START).until(() -> child.addresses().toFile().exists() || !child.alive());
      assertThat(child.alive()).as(child::errors).isTrue();
      List<ProcessHandle> servers = child.descendants();
      assertThat(servers).hasSizeGreaterThanOrEqualTo(2);
      assertThat(child.errors()).isEmpty();
      assertThat(cacheStatus(child)).as("when it is ready, readers use the cache").contains("miss");

      long start = System.nanoTime();
      child.signal(signal);
      assertThat(child.awaitExit(STOP)).isEqualTo(status);
      System.out.printf("SIG%s to exit: %.1f s%n", signal, (System.nanoTime() - start) / 1e9);

      assertNothingIsLeft(child, servers);
      assertThat(child.output()).contains("Stopped after");
      assertThat(child.errors()).isEmpty();
    }
  }

  private static String cacheStatus(ChildQuickstart child) throws Exception {
    String api = JsonMapper.shared().readTree(child.addresses().toFile()).get("api").asString();
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client
          .send(
              HttpRequest.newBuilder(URI.create(api + "/api/v1/locations/1/services")).build(),
              HttpResponse.BodyHandlers.discarding())
          .headers()
          .firstValue("Cache-Status")
          .orElse("");
    }
  }

  @Test
  void aSignalDuringTheStartStopsWhatHasBeenStarted() throws Exception {
    try (ChildQuickstart child = ChildQuickstart.start(directory, "-Dfreshcut.port=0")) {
      await().atMost(START).until(() -> child.descendants().size() >= 2 || !child.alive());
      List<ProcessHandle> servers = child.descendants();

      child.signal("TERM");
      assertThat(child.awaitExit(STOP)).isEqualTo(143);

      assertThat(child.output()).contains("Stopped after").doesNotContain("failed");
      assertNothingIsLeft(child, servers);
      assertThat(child.errors()).isEmpty();
    }
  }

  @Test
  void aTakenPortIsOneLineBeforeAnythingIsStarted() throws Exception {
    try (ServerSocket holder = new ServerSocket(0);
        ChildQuickstart child =
            ChildQuickstart.start(directory, "-Dfreshcut.port=" + holder.getLocalPort())) {
      assertThat(child.awaitExit(START)).isEqualTo(1);

      assertThat(child.errors().lines())
          .singleElement()
          .asString()
          .contains("API port " + holder.getLocalPort());
      assertThat(child.output()).isEmpty();
    }
  }

  @Test
  void aServerThatCannotStartIsOneLineAndStopsTheRest() throws Exception {
    try (ChildQuickstart child =
        ChildQuickstart.start(
            // Nobody has programs for such a machine.
            directory, "-Dfreshcut.port=0", "-Dos.arch=pdp11")) {
      assertThat(child.awaitExit(START)).isEqualTo(1);

      assertThat(child.errors().lines())
          .singleElement()
          .asString()
          .startsWith("Freshcut did not start: ")
          .contains("pdp11");
      assertNothingIsLeft(child, List.of());
    }
  }

  private static void assertNothingIsLeft(ChildQuickstart child, List<ProcessHandle> servers) {
    assertThat(child.addresses()).doesNotExist();
    // A server that was still starting is left to the guard, who needs a moment.
    await()
        .atMost(STOP)
        .untilAsserted(
            () -> {
              assertThat(servers).noneMatch(ProcessHandle::isAlive);
              // What stays are the unpacked programs of PostgreSQL, for the next start.
              assertThat(child.temporary().toFile().list())
                  .allMatch(name -> name.startsWith("freshcut-postgres-"));
            });
  }
}
