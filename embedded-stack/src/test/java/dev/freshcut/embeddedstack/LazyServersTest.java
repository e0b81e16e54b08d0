package dev.freshcut.embeddedstack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.freshcut.embeddedstack.inbox.Mail;
import dev.freshcut.embeddedstack.inbox.Sms;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The life cycle, with servers that only note what happens to them. */
class LazyServersTest {
  private final ServerStartException noRedis =
      new ServerStartException("Redis", "it has no mood", "Ask again");

  private final List<String> events = new CopyOnWriteArrayList<>();
  private final CountDownLatch kafkaStarting = new CountDownLatch(1);
  private volatile boolean kafkaHangs;
  private volatile boolean kafkaIsDeaf;
  private volatile boolean redisFails;

  private final Servers servers =
      LazyServers.of(ServersOptions.defaults().withStopOnExit(false), new NotingLauncher());

  @Test
  void startOnFirstUseAndOnlyOnce() {
    assertThat(events).isEmpty();
    List<CompletableFuture<RedisServer>> users =
        IntStream.range(0, 8).mapToObj(i -> CompletableFuture.supplyAsync(servers::redis)).toList();
    assertThat(users.stream().map(CompletableFuture::join).distinct()).hasSize(1);
    assertThat(events).containsExactly("redis started");
  }

  @Test
  void closeStopsWhatStartedAndThenWhatTheyShare() {
    servers.startAll();
    events.clear();
    servers.close();
    servers.close();
    assertThat(events)
        .containsExactly(
            "inbox closed", "kafka closed", "redis closed", "postgres closed", "launcher closed");
    assertThatThrownBy(servers::redis)
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("the servers are closed");
  }

  @Test
  void aFailedStartClosesTheOthersAndIsRemembered() {
    redisFails = true;
    servers.postgres();
    assertThatThrownBy(servers::redis)
        .isSameAs(noRedis)
        .hasMessage("Redis did not start: it has no mood. Ask again.");
    assertThat(events).containsExactly("postgres started", "postgres closed", "launcher closed");
    assertThatThrownBy(servers::postgres).hasCause(noRedis);
  }

  @Test
  void ofSeveralFailuresTheFirstIsReported() {
    redisFails = true;
    kafkaHangs = true;
    assertThatThrownBy(servers::startAll).isSameAs(noRedis);
    assertThat(events).contains("kafka interrupted").endsWith("launcher closed");
  }

  @Test
  void closeInterruptsAStart() throws Exception {
    kafkaHangs = true;
    CompletableFuture<Throwable> outcome =
        CompletableFuture.supplyAsync(() -> catchThrowable(servers::kafka));
    assertThat(kafkaStarting.await(30, TimeUnit.SECONDS)).isTrue();
    servers.close();
    assertThat(outcome.get(30, TimeUnit.SECONDS))
        .isInstanceOf(ServerStartException.class)
        .hasMessageContaining("interrupted");
    assertThat(events).containsExactly("kafka interrupted", "launcher closed");
  }

  @Test
  void closeInterruptsAStartThatDoesNotHeedTheFirst() throws Exception {
    kafkaHangs = true;
    kafkaIsDeaf = true;
    CompletableFuture<Throwable> outcome =
        CompletableFuture.supplyAsync(() -> catchThrowable(servers::kafka));
    assertThat(kafkaStarting.await(30, TimeUnit.SECONDS)).isTrue();
    servers.close();
    assertThat(outcome.get(30, TimeUnit.SECONDS)).isInstanceOf(ServerStartException.class);
    assertThat(events).containsExactly("kafka was deaf", "kafka interrupted", "launcher closed");
  }

  private final class NotingLauncher implements Launcher {
    @Override
    public PostgresServer postgres() {
      events.add("postgres started");
      return new NotedPostgres(events);
    }

    @Override
    public KafkaServer kafka() throws InterruptedException {
      kafkaStarting.countDown();
      if (kafkaIsDeaf) {
        try {
          new CountDownLatch(1).await();
        } catch (InterruptedException e) {
          events.add("kafka was deaf");
        }
      }
      if (kafkaHangs) {
        try {
          new CountDownLatch(1).await();
        } catch (InterruptedException e) {
          events.add("kafka interrupted");
          throw e;
        }
      }
      events.add("kafka started");
      return new NotedKafka(events);
    }

    @Override
    public RedisServer redis() throws InterruptedException {
      if (redisFails) {
        if (kafkaHangs) {
          kafkaStarting.await();
        }
        throw noRedis;
      }
      events.add("redis started");
      return new NotedRedis(events);
    }

    @Override
    public InboxServer inbox() {
      return new NotedInbox(events);
    }

    @Override
    public void close() {
      events.add("launcher closed");
    }
  }

  private record NotedPostgres(List<String> events) implements PostgresServer {
    @Override
    public String host() {
      return "";
    }

    @Override
    public int port() {
      return 0;
    }

    @Override
    public String user() {
      return "";
    }

    @Override
    public String password() {
      return "";
    }

    @Override
    public void stop() {}

    @Override
    public void start() {}

    @Override
    public void close() {
      events.add("postgres closed");
    }
  }

  private record NotedKafka(List<String> events) implements KafkaServer {
    @Override
    public String bootstrapServers() {
      return "";
    }

    @Override
    public void stop() {}

    @Override
    public void start() {}

    @Override
    public void close() {
      events.add("kafka closed");
    }
  }

  private record NotedInbox(List<String> events) implements InboxServer {
    @Override
    public String host() {
      return "";
    }

    @Override
    public int smtpPort() {
      return 0;
    }

    @Override
    public String url() {
      return "";
    }

    @Override
    public String smsAccount() {
      return "";
    }

    @Override
    public String smsToken() {
      return "";
    }

    @Override
    public List<Mail> mails() {
      return List.of();
    }

    @Override
    public List<Sms> sms() {
      return List.of();
    }

    @Override
    public void stop() {}

    @Override
    public void start() {}

    @Override
    public void close() {
      events.add("inbox closed");
    }
  }

  private record NotedRedis(List<String> events) implements RedisServer {
    @Override
    public String host() {
      return "";
    }

    @Override
    public int port() {
      return 0;
    }

    @Override
    public void stop() {}

    @Override
    public void start() {}

    @Override
    public void close() {
      events.add("redis closed");
    }
  }
}
