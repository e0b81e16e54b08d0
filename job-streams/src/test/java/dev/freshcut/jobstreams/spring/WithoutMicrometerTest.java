package dev.freshcut.jobstreams.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.freshcut.jobstreams.JobListener;
import dev.freshcut.jobstreams.JobRequest;
import dev.freshcut.jobstreams.JobType;
import dev.freshcut.jobstreams.Jobs;
import dev.freshcut.jobstreams.Outcome;
import dev.freshcut.jobstreams.memory.MemoryJobStore;
import dev.freshcut.jobstreams.store.JobStore;
import dev.freshcut.jobstreams.worker.Handlers;
import java.io.File;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.time.Clock;
import java.util.Arrays;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** An application whose class path lacks Micrometer: all its classes are loaded without it. */
class WithoutMicrometerTest {
  record Word(String text) {}

  @Configuration(proxyBeanMethods = false)
  @Import(JobsConfiguration.class)
  static class Application {
    @Bean
    JobStore store() {
      return new MemoryJobStore(Clock.systemUTC());
    }

    @Bean
    Handlers handlers() {
      return Handlers.builder()
          .add(JobType.of("words", "say", Word.class), (word, context) -> Outcome.done())
          .build();
    }
  }

  /** Starts it and says what it has. */
  public static final class Start implements Callable<String> {
    /** For the other class loader. */
    public Start() {}

    @Override
    public String call() {
      try (var application = new AnnotationConfigApplicationContext(Application.class)) {
        JobType<Word> say = JobType.of("words", "say", Word.class);
        application.getBean(Jobs.class).enqueue(JobRequest.of(say, new Word("hello")));
        boolean plain = application.getBean(JobListener.class).equals(JobListener.NONE);
        return plain ? "runs without figures" : "has figures";
      }
    }
  }

  @Test
  void itRunsWithoutFigures() throws Exception {
    URL[] without =
        Arrays.stream(
                System.getProperty("java.class.path").split(Pattern.quote(File.pathSeparator)))
            .map(File::new)
            .filter(file -> !file.getName().startsWith("micrometer-core"))
            .map(WithoutMicrometerTest::url)
            .toArray(URL[]::new);
    try (URLClassLoader loader =
        new URLClassLoader(without, ClassLoader.getPlatformClassLoader())) {
      assertThatExceptionOfType(ClassNotFoundException.class)
          .isThrownBy(() -> loader.loadClass("io.micrometer.core.instrument.MeterRegistry"));
      Thread thread = Thread.currentThread();
      ClassLoader before = thread.getContextClassLoader();
      thread.setContextClassLoader(loader);
      try {
        Object start =
            loader.loadClass(Start.class.getName()).getDeclaredConstructor().newInstance();
        assertThat(((Callable<?>) start).call()).isEqualTo("runs without figures");
      } finally {
        thread.setContextClassLoader(before);
      }
    }
  }

  private static URL url(File file) {
    try {
      return file.toURI().toURL();
    } catch (MalformedURLException e) {
      throw new IllegalStateException(e);
    }
  }
}
