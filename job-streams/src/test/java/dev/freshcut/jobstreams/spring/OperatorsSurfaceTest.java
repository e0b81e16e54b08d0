package dev.freshcut.jobstreams.spring;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.freshcut.jobstreams.JobListener;
import dev.freshcut.jobstreams.JobRequest;
import dev.freshcut.jobstreams.JobState;
import dev.freshcut.jobstreams.JobType;
import dev.freshcut.jobstreams.Jobs;
import dev.freshcut.jobstreams.Outcome;
import dev.freshcut.jobstreams.memory.MemoryJobStore;
import dev.freshcut.jobstreams.store.JobStore;
import dev.freshcut.jobstreams.store.StoreUnavailableException;
import dev.freshcut.jobstreams.worker.Handlers;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.http.HttpMethod;
import org.springframework.web.client.RestClient;

/** What operators' HTTP keeps to itself, from whom it takes orders, and a store that is away. */
@TestInstance(Lifecycle.PER_CLASS)
class OperatorsSurfaceTest {
  private static final JobType<Letter> READ = JobType.of("letters", "read", Letter.class);
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final AtomicBoolean AWAY = new AtomicBoolean();

  record Letter(String to) {}

  record Count(int to) {}

  @SpringBootConfiguration
  @EnableAutoConfiguration
  @Import({JobsConfiguration.class, JobsController.class})
  static class Application {
    @Bean
    JobStore store() {
      MemoryJobStore real = new MemoryJobStore(Clock.systemUTC());
      return (JobStore)
          Proxy.newProxyInstance(
              JobStore.class.getClassLoader(),
              new Class<?>[] {JobStore.class},
              (proxy, method, arguments) -> {
                if (AWAY.get()) {
                  throw new StoreUnavailableException("away", new IOException("10.0.0.7"));
                }
                try {
                  return method.invoke(real, arguments);
                } catch (InvocationTargetException e) {
                  throw e.getCause();
                }
              });
    }

    @Bean
    Handlers handlers() {
      return Handlers.builder()
          .add(READ, (letter, context) -> Outcome.done("read to " + letter.to()))
          .add(JobType.of("letters", "count", Count.class), (count, context) -> Outcome.done())
          .build();
    }

    @Bean
    AtomicInteger told() {
      return new AtomicInteger();
    }

    @Bean
    JobListener own(AtomicInteger told) {
      return new JobListener() {
        @Override
        public void ended(String queue, String type, End end, Duration took) {
          told.incrementAndGet();
        }
      };
    }
  }

  private final ConfigurableApplicationContext application =
      new SpringApplicationBuilder(Application.class)
          .properties("server.port=0", "server.address=127.0.0.1", "spring.jmx.enabled=false")
          .run();
  private final JobStore store = application.getBean(JobStore.class);
  private final Jobs jobs = application.getBean(Jobs.class);

  @AfterAll
  void stop() {
    application.close();
  }

  record Answer(int status, String body) {}

  private String own() {
    return "127.0.0.1:"
        + requireNonNull(application.getEnvironment().getProperty("local.server.port"));
  }

  private Answer ask(String method, String path, String header, String value) {
    return RestClient.create()
        .method(HttpMethod.valueOf(method))
        .uri(URI.create("http://" + own() + path))
        .header(header, value)
        .exchange(
            (sent, answer) ->
                new Answer(
                    answer.getStatusCode().value(),
                    new String(answer.getBody().readAllBytes(), StandardCharsets.UTF_8)));
  }

  private String awaitEnd(JobRequest<?> job, JobState state) {
    String id = jobs.enqueue(job).id();
    await().atMost(PATIENCE).until(() -> store.find("letters", id).orElseThrow().state() == state);
    return id;
  }

  @Test
  void neitherPayloadsNorResultsAreShownUnlessAskedFor() {
    String id = awaitEnd(JobRequest.of(READ, new Letter("Ada Byron")), JobState.DONE);
    Answer answer = ask("GET", "/jobs/letters/job?id=" + id, "Accept", "*/*");
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.body()).contains("DONE").doesNotContain("Ada");
  }

  @Test
  void whatCantBeReadIsNotShownEither() {
    JobType<Letter> mistaken = JobType.of("letters", "count", Letter.class);
    String id = awaitEnd(JobRequest.of(mistaken, new Letter("Ada Byron")), JobState.DEAD);
    assertThat(ask("GET", "/jobs/letters/job?id=" + id, "Accept", "*/*").body())
        .contains("unreadable")
        .doesNotContain("Ada");
    assertThat(ask("GET", "/jobs/letters?state=dead", "Accept", "*/*").body())
        .contains("unreadable")
        .doesNotContain("Ada");
  }

  @Test
  void aListenerOfOnesOwnIsTold() {
    AtomicInteger told = application.getBean(AtomicInteger.class);
    int before = told.get();
    awaitEnd(JobRequest.of(READ, new Letter("Bo")), JobState.DONE);
    await().atMost(PATIENCE).until(() -> told.get() > before);
  }

  @ParameterizedTest
  @CsvSource({
    "POST, Sec-Fetch-Site, cross-site, 403",
    "POST, Sec-Fetch-Site, same-site, 403",
    "POST, Sec-Fetch-Site, same-origin, 200",
    "POST, Sec-Fetch-Site, none, 200",
    "POST, Origin, https://example.org, 403",
    "POST, Origin, http://127.0.0.1:1, 403",
    "POST, Origin, null, 403",
    "POST, Origin, http://[, 403",
    "POST, Origin, OWN, 200",
    "POST, X-Other, no-browser, 200",
    "GET, Sec-Fetch-Site, cross-site, 200",
    "GET, Origin, https://example.org, 200",
  })
  void otherSitesChangeNothing(String method, String header, String value, int status) {
    String path = method.equals("GET") ? "/jobs" : "/jobs/letters/resume";
    Answer answer = ask(method, path, header, value.equals("OWN") ? "http://" + own() : value);
    assertThat(answer.status()).isEqualTo(status);
  }

  @Test
  void aStoreThatIsAwayIsNobodysFault() {
    AWAY.set(true);
    try {
      for (String path :
          new String[] {"/jobs", "/jobs/letters/job?id=one", "/jobs/letters?state=dead"}) {
        Answer answer = ask("GET", path, "Accept", "*/*");
        assertThat(answer.status()).as(path).isEqualTo(503);
        assertThat(answer.body()).contains("does not answer").doesNotContain("10.0.0.7");
      }
      assertThat(ask("POST", "/jobs/letters/pause", "Accept", "*/*").status()).isEqualTo(503);
    } finally {
      AWAY.set(false);
    }
  }
}
