package dev.freshcut.quickstart;

import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.springframework.context.ConfigurableApplicationContext;

/** Everything in this JVM, once for all tests; a test asks for it by a parameter. */
final class RunningPlatform implements ParameterResolver {
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
}
