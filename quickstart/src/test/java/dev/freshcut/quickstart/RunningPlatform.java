package dev.freshcut.quickstart;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Objects;
import java.util.Set;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.springframework.context.ConfigurableApplicationContext;

/** Everything in this JVM, once for all tests; a test asks for it by a parameter. */
final class RunningPlatform implements ParameterResolver {
  static {
    // The first look at once and not after 100 ms: most of what is awaited is there already.
    Awaitility.setDefaultPollInterval(
        (looks, last) -> Duration.ofMillis(Math.min(100, 10L * looks)));
  }

  private record Run(Platform platform, Worker worker, Teardown teardown) implements AutoCloseable {
    @Override
    public void close() {
      worker.stop();
      teardown.close();
    }
  }

  /** The platform's worker, which a test may stop and must start again. */
  static final class Worker {
    private final Applications applications;
    private ConfigurableApplicationContext running;

    Worker(Platform platform) {
      this.applications = platform.applications();
      this.running = platform.worker();
    }

    void stop() {
      running.close();
    }

    void start() {
      running = applications.worker();
    }
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return Set.of(Platform.class, Worker.class).contains(parameter.getParameter().getType());
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    Run run =
        context
            .getRoot()
            .getStore(ExtensionContext.Namespace.GLOBAL)
            .computeIfAbsent(Run.class, key -> start(), Run.class);
    return parameter.getParameter().getType() == Worker.class ? run.worker() : run.platform();
  }

  private static Run start() {
    shortenIntervals();
    Options options = new Options(0, Path.of("target"));
    Teardown teardown = new Teardown(Duration.ofSeconds(30));
    PrintStream out = System.out;
    Steps steps = new Steps(out, new Diagnosis(options.log()), System::nanoTime, teardown::closing);
    try {
      Platform platform = Platform.start(options, steps, teardown, Clock.systemUTC());
      out.printf("Ready after %.1f s%n", steps.elapsed().toMillis() / 1000.0);
      return new Run(platform, new Worker(platform), teardown);
    } catch (RuntimeException | Error e) {
      teardown.close();
      throw e;
    }
  }

  /**
   * The packaged model, but for intervals that a test can wait for, with -D as an operator would.
   */
  private static void shortenIntervals() {
    try (InputStream packaged =
        RunningPlatform.class.getResourceAsStream("/freshcut/cache-model.yml")) {
      String model = new String(Objects.requireNonNull(packaged).readAllBytes(), UTF_8);
      String shorter = model.replace("bounded 30s", "bounded 5s");
      assertThat(shorter).isNotEqualTo(model);
      Path file = Files.writeString(Path.of("target", "cache-model.yml"), shorter);
      System.setProperty("freshcut.cache.model", file.toString());
      System.setProperty("freshcut.worker.model", file.toString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
