package dev.freshcut.redisaccess;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshcut.embeddedstack.TestServers;
import dev.freshcut.redisaccess.RedisCalls.Call;
import dev.freshcut.redisaccess.spring.RedisSettings;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.redisson.Redisson;
import org.redisson.api.RScript.ReturnType;
import org.redisson.api.RedissonClient;
import org.redisson.client.RedisException;
import org.redisson.client.codec.StringCodec;
import org.redisson.misc.CompletableFutureWrapper;

class RedisCallsIT {
  private static final Script ECHO = Script.of(RedisCallsIT.class, "echo");

  /** The owner's. */
  private static final class Away extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Away(String message, Throwable cause) {
      super(message, cause);
    }
  }

  private static final RedissonClient redisson = connect();

  private static RedissonClient connect() {
    String address = TestServers.shared().redis().url();
    return Redisson.create(new RedisSettings(List.of(address), null, null, 8).toRedisson());
  }

  @AfterAll
  static void disconnect() {
    redisson.shutdown();
  }

  private final RedisCalls calls = new RedisCalls(redisson, Duration.ofSeconds(60), Away::new);

  @Test
  void textNumbersAndBytesArriveAsTheyAre() {
    List<Object> reply =
        calls.script(ECHO, ReturnType.LIST, List.of("k"), "ü", 7, new byte[] {0, -1});

    assertThat(reply).hasSize(4);
    assertThat(reply.subList(0, 3).stream().map(RedisCalls::text)).containsExactly("k", "ü", "7");
    assertThat((byte[]) reply.get(3)).containsExactly(0, -1);
  }

  @Test
  void scriptsAreFoundAgainAfterRedisHasForgottenThem() {
    for (int count = 1; count <= 3; count++) {
      redisson.getScript(StringCodec.INSTANCE).scriptFlush();
      List<Call> several =
          List.of("a", "b", "c").subList(0, count).stream()
              .map(key -> new Call(List.of(key), List.of("of " + key)))
              .toList();

      List<List<Object>> replies = calls.scripts(ECHO, ReturnType.LIST, several);

      assertThat(replies.stream().map(reply -> RedisCalls.text(reply.get(1))))
          .containsExactlyElementsOf(
              several.stream().map(call -> (String) call.arguments().getFirst()).toList());
    }
  }

  @Test
  void whatRedisRefusesIsTheOwnersException() {
    Script broken = new Script("broken", "return nothing.at.all", "0".repeat(40));

    assertThatThrownBy(() -> calls.script(broken, ReturnType.VALUE, List.of("k")))
        .isInstanceOf(Away.class)
        .hasMessageStartingWith("broken: ")
        .hasCauseInstanceOf(RedisException.class);
    assertThatThrownBy(() -> calls.scripts(broken, ReturnType.VALUE, List.of(call(), call())))
        .isInstanceOf(Away.class);
  }

  private static Call call() {
    return new Call(List.of("k"), List.of());
  }

  @Test
  void waitsNoLongerThanTheBudgetAndGivesUpTheCall() {
    RedisCalls impatient = new RedisCalls(redisson, Duration.ofMillis(1), Away::new);
    CompletableFuture<String> never = new CompletableFuture<>();

    assertThatThrownBy(() -> impatient.within("GET", () -> new CompletableFutureWrapper<>(never)))
        .isInstanceOf(Away.class)
        .hasMessage("GET: no answer from Redis within 1 ms")
        .hasCauseInstanceOf(TimeoutException.class);
    assertThat(never).isCancelled();
  }

  @Test
  void anInterruptionIsToldAndKept() {
    Thread.currentThread().interrupt();

    assertThatThrownBy(
            () ->
                calls.within(
                    "GET", () -> new CompletableFutureWrapper<>(new CompletableFuture<String>())))
        .isInstanceOf(Away.class)
        .hasCauseInstanceOf(InterruptedException.class);
    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  void aBlockingCallMayTakeLongerThanTheBudgetButNotForEver() throws Exception {
    RedisCalls impatient = new RedisCalls(redisson, Duration.ofMillis(1), Away::new);
    CompletableFuture<String> answer = new CompletableFuture<>();
    var unused = answer.completeOnTimeout("late", 20, TimeUnit.MILLISECONDS);
    assertThat(
            impatient.blocking(
                "XREAD", Duration.ofSeconds(60), () -> new CompletableFutureWrapper<>(answer)))
        .isEqualTo("late");
    assertThatThrownBy(
            () ->
                impatient.blocking(
                    "XREAD",
                    Duration.ofMillis(2),
                    () -> new CompletableFutureWrapper<>(new CompletableFuture<String>())))
        .isInstanceOf(Away.class)
        .hasMessage("XREAD: no answer from Redis within 3 ms");
  }

  @Test
  void anInterruptionEndsTheWaitForABlockingCallButNotTheCall() {
    CompletableFuture<String> never = new CompletableFuture<>();
    Thread.currentThread().interrupt();
    assertThatThrownBy(
            () ->
                calls.blocking(
                    "XREAD", Duration.ofHours(1), () -> new CompletableFutureWrapper<>(never)))
        .isInstanceOf(InterruptedException.class);
    assertThat(never).isNotDone();
  }

  @Test
  void sharedPartsComeBeforeAScript() {
    assertThat(Script.of(RedisCallsIT.class, "echo", "echo").text())
        .isEqualTo(ECHO.text() + "\n" + ECHO.text());
  }

  @Test
  void aScriptIsKnownByTheHashThatRedisGivesIt() {
    assertThat(redisson.getScript(StringCodec.INSTANCE).scriptLoad(ECHO.text()))
        .isEqualTo(ECHO.sha1());
    assertThatThrownBy(() -> Script.of(RedisCallsIT.class, "missing"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("missing.lua");
  }
}
