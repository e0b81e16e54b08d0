package dev.freshcut.jobstreams.spring;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.freshcut.jobstreams.JobRequest;
import dev.freshcut.jobstreams.JobState;
import dev.freshcut.jobstreams.JobType;
import dev.freshcut.jobstreams.Jobs;
import dev.freshcut.jobstreams.Outcome;
import dev.freshcut.jobstreams.memory.MemoryJobStore;
import dev.freshcut.jobstreams.memory.SettableClock;
import dev.freshcut.jobstreams.store.JobStore;
import dev.freshcut.jobstreams.store.RateLimit;
import dev.freshcut.jobstreams.worker.Handlers;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.http.HttpMethod;
import org.springframework.web.client.RestClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A whole application with a job store in memory, asked over HTTP; its tests share the queue. */
@TestInstance(Lifecycle.PER_CLASS)
class JobsControllerTest {
  private static final Instant START = Instant.parse("2026-03-02T09:00:00Z");
  private static final JobType<Word> SAY = JobType.of("words", "say", Word.class);
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  record Word(String text) {}

  @SpringBootConfiguration
  @EnableAutoConfiguration
  @Import({JobsConfiguration.class, JobsController.class})
  static class Application {
    @Bean
    SettableClock clock() {
      return new SettableClock(START);
    }

    @Bean
    JobStore store(Clock clock) {
      return new MemoryJobStore(clock);
    }

    @Bean
    CountDownLatch gate() {
      return new CountDownLatch(1);
    }

    @Bean
    Handlers handlers(CountDownLatch gate) {
      return Handlers.builder()
          .add(
              SAY,
              (word, context) -> {
                if (word.text().equals("wait")) {
                  gate.await();
                }
                return word.text().equals("die") ? Outcome.never("said") : Outcome.done("said it");
              })
          .build();
    }
  }

  private final ConfigurableApplicationContext application =
      new SpringApplicationBuilder(Application.class)
          .properties(
              "server.port=0",
              "server.address=127.0.0.1",
              "spring.jmx.enabled=false",
              "freshcut.jobs.show-payloads=true")
          .run();
  private final JobStore store = application.getBean(JobStore.class);
  private final Jobs jobs = application.getBean(Jobs.class);

  @AfterAll
  void stop() {
    application.getBean(CountDownLatch.class).countDown();
    application.close();
  }

  /** An answer: its status, its form and its JSON. */
  record Answer(int status, @Nullable String form, JsonNode json) {}

  private Answer ask(String method, String path, @Nullable String body) {
    return RestClient.create()
        .method(HttpMethod.valueOf(method))
        .uri(URI.create("http://127.0.0.1:" + port() + path))
        .body(body == null ? "" : body)
        .exchange(
            (sent, answer) ->
                new Answer(
                    answer.getStatusCode().value(),
                    answer.getHeaders().getFirst("Content-Type"),
                    JsonMapper.shared().readTree(answer.getBody().readAllBytes())));
  }

  private Answer get(String path) {
    return ask("GET", path, null);
  }

  private Answer post(String path) {
    return ask("POST", path, null);
  }

  private void enqueue(String id, String text, @Nullable Instant at) {
    JobRequest<Word> job = JobRequest.of(SAY, new Word(text)).withId(id, Duration.ZERO);
    jobs.enqueue(at == null ? job : job.at(at));
  }

  private void awaitState(String id, JobState state) {
    await().atMost(PATIENCE).until(() -> store.find("words", id).orElseThrow().state() == state);
  }

  @Test
  void anApplicationsWorkersRunAndAreSeen() {
    enqueue("hello", "hello", null);
    awaitState("hello", JobState.DONE);
    JsonNode queue = get("/jobs").json().get(0);
    assertThat(queue.get("queue").asString()).isEqualTo("words");
    assertThat(queue.get("counters").get("done").asInt()).isPositive();
    JsonNode shown = get("/jobs/words/job?id=hello").json();
    assertThat(shown.get("job").get("state").asString()).isEqualTo("DONE");
    assertThat(shown.get("payload").asString()).isEqualTo("{\"text\":\"hello\"}");
    assertThat(shown.get("result").asString()).isEqualTo("said it");
  }

  @Test
  void listsComeInPages() {
    for (int i = 0; i < 5; i++) {
      enqueue("job-" + i, "x", START.plusSeconds(60 + i));
    }
    JsonNode first = get("/jobs/words?state=scheduled&limit=3").json();
    assertThat(first.get("jobs")).hasSize(3);
    String next = first.get("next").asString();
    JsonNode second = get("/jobs/words?state=SCHEDULED&limit=3&cursor=" + next).json();
    assertThat(second.get("jobs")).hasSize(2);
    assertThat(second.get("jobs").get(1).get("id").asString()).isEqualTo("job-4");
    assertThat(second.get("next").isNull()).isTrue();
  }

  @Test
  void deadJobsAreRedrivenAndPurged() {
    enqueue("one", "die", null);
    enqueue("two", "die", null);
    awaitState("one", JobState.DEAD);
    awaitState("two", JobState.DEAD);
    post("/jobs/words/pause");
    assertThat(post("/jobs/words/retry?id=one").json().get("outcome").asString())
        .isEqualTo("ready");
    assertThat(post("/jobs/words/retry?id=one").status()).isEqualTo(409);
    assertThat(post("/jobs/words/redrive").json().get("jobs").asInt()).isEqualTo(1);
    post("/jobs/words/resume");
    awaitState("one", JobState.DEAD);
    awaitState("two", JobState.DEAD);
    assertThat(post("/jobs/words/purge?age=PT1H").json().get("jobs").asInt()).isZero();
    assertThat(post("/jobs/words/purge?age=PT0S").json().get("jobs").asInt()).isEqualTo(2);
    assertThat(get("/jobs/words/job?id=one").status()).isEqualTo(404);
  }

  @Test
  void aScheduledJobIsBegunNowOrCancelled() {
    enqueue("now", "x", START.plusSeconds(60));
    enqueue("never", "x", START.plusSeconds(60));
    assertThat(post("/jobs/words/retry?id=now").status()).isEqualTo(200);
    awaitState("now", JobState.DONE);
    assertThat(post("/jobs/words/cancel?id=never&reason=no").status()).isEqualTo(200);
    assertThat(post("/jobs/words/cancel?id=never").status()).isEqualTo(409);
    assertThat(get("/jobs/words/job?id=never").json().get("job").get("reason").asString())
        .isEqualTo("no");
    enqueue("runs", "wait", null);
    awaitState("runs", JobState.RUNNING);
    assertThat(post("/jobs/words/cancel?id=runs").status()).isEqualTo(202);
  }

  @Test
  void whateverItsIdAJobIsFound() {
    for (String id : List.of("a/b", "..", "%2F", "a?b#c;d&e=f+g", "\\", "\"", "~".repeat(200))) {
      enqueue(id, "x", START.plusSeconds(60));
      String asked = "?id=" + URLEncoder.encode(id, StandardCharsets.UTF_8);
      assertThat(get("/jobs/words/job" + asked).json().get("job").get("id").asString())
          .isEqualTo(id);
      assertThat(post("/jobs/words/cancel" + asked).status()).as(id).isEqualTo(200);
      assertThat(post("/jobs/words/retry" + asked).status()).as(id).isEqualTo(409);
    }
  }

  @Test
  void aScheduleThatNobodyHasAnyMoreIsSeenAndForgotten() {
    store.schedule("words", "nightly", "0 2 * * *", START.plusSeconds(60));
    assertThat(get("/jobs/words/schedules").json().get("nightly").asString())
        .isEqualTo("2026-03-02T09:01:00Z");
    assertThat(ask("DELETE", "/jobs/words/schedules/nightly", null).status()).isEqualTo(200);
    assertThat(store.schedules("words")).isEmpty();
  }

  @Test
  void aLimitIsSetAndLifted() {
    assertThat(ask("PUT", "/jobs/words/limit", "{\"perSecond\": 5, \"burst\": 10}").status())
        .isEqualTo(200);
    assertThat(store.status("words").rateLimit()).isEqualTo(new RateLimit(5, 10));
    Answer lifted = ask("PUT", "/jobs/words/limit", "{}");
    assertThat(lifted.status()).isEqualTo(200);
    assertThat(lifted.json().get("outcome").asString()).isEqualTo("lifted");
    assertThat(store.status("words").rateLimit()).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "null",
        "five",
        "{\"perSecnd\": 5, \"burst\": 10}",
        "{\"persecond\": 5}",
        "{\"perSecond\": 5, \"burst\": 10, \"of\": 1}",
        "{\"perSecond\": \"5\", \"burst\": 10}",
        "{\"perSecond\": 5, \"burst\": \"10\"}",
        "{\"perSecond\": 5, \"burst\": 1.5}",
        "{\"perSecond\": \"\", \"burst\": \"\"}",
        "{} {}",
      })
  void aSlipDoesNotLiftALimit(String body) {
    store.limit("words", new RateLimit(7, 70));
    try {
      Answer answer = ask("PUT", "/jobs/words/limit", body);
      assertThat(answer.status()).isEqualTo(400);
      assertThat(answer.json().get("detail").asString()).contains("perSecond");
      assertThat(store.status("words").rateLimit()).isEqualTo(new RateLimit(7, 70));
    } finally {
      store.limit("words", null);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "GET | /jobs/other | | 404",
        "GET | /jobs/words/job?id=none | | 404",
        "GET | /jobs/words/job | | 400",
        "GET | /jobs/words/job?id=%20 | | 400",
        "GET | /jobs/words/job?id=%C5%BE | | 400",
        "GET | /jobs/words/job?id=a%7Bb%7D | | 400",
        "GET | /jobs/other/job?id=a | | 404",
        "GET | /jobs/other/schedules | | 404",
        "DELETE | /jobs/other/schedules/a | | 404",
        "DELETE | /jobs/words/schedules/none | | 404",
        "GET | /jobs/words?state=odd | | 400",
        "GET | /jobs/words?limit=0 | | 400",
        "GET | /jobs/words?limit=501 | | 400",
        "GET | /jobs/words?limit=many | | 400",
        "GET | /jobs/words?cursor=%00 | | 400",
        "GET | /jobs/words?cursor=1_2_3x | | 400",
        "GET | /jobs/w%20 | | 404",
        "POST | /jobs/other/pause | | 404",
        "POST | /jobs/words/cancel | | 400",
        "POST | /jobs/words/cancel?id=none | | 404",
        "POST | /jobs/words/retry | | 400",
        "POST | /jobs/words/retry?id=none | | 404",
        "POST | /jobs/words/purge | | 400",
        "POST | /jobs/words/purge?age= | | 400",
        "POST | /jobs/words/purge?age=1h | | 400",
        "POST | /jobs/words/purge?age=-PT1H | | 400",
        "POST | /jobs/words/purge?age=PT999999999H | | 400",
        "POST | /jobs/words/redrive?most=-1 | | 400",
        "PUT | /jobs/words/limit | { | 400",
        "PUT | /jobs/words/limit | [] | 400",
        "PUT | /jobs/words/limit | 7 | 400",
        "PUT | /jobs/words/limit | {\"perSecond\": 0, \"burst\": 1} | 400",
        "PUT | /jobs/words/limit | {\"perSecond\": 1} | 400",
        "PUT | /jobs/words/limit | {\"perSecond\": \"x\", \"burst\": 1} | 400",
      })
  void badInputIsAProblem(String method, String path, @Nullable String body, int status) {
    Answer answer = ask(method, path, body);
    assertThat(answer.status()).isEqualTo(status);
    assertThat(answer.form()).isEqualTo("application/problem+json");
    assertThat(answer.json().get("detail").asString()).isNotBlank();
  }

  private String port() {
    return requireNonNull(application.getEnvironment().getProperty("local.server.port"));
  }
}
