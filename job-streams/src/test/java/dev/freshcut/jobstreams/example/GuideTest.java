package dev.freshcut.jobstreams.example;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshcut.jobstreams.Enqueued;
import dev.freshcut.jobstreams.JobListener;
import dev.freshcut.jobstreams.memory.MemoryJobStore;
import dev.freshcut.jobstreams.micrometer.MicrometerJobListener;
import dev.freshcut.jobstreams.micrometer.QueueGauges;
import dev.freshcut.jobstreams.spring.JobsProperties;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The guide quotes code that is compiled and tested, and knows every setting. */
class GuideTest {
  private static final Path GUIDE = Path.of("../docs/jobs.md");
  private static final Path SOURCES = Path.of("src/test/java/dev/freshcut/jobstreams/example");
  private static final Pattern BLOCK = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);

  @Test
  void itsCodeIsThatOfTheExample() throws IOException {
    List<String> sources = new ArrayList<>();
    for (String name : List.of("Resize", "ResizeTest", "ImagesApplication")) {
      sources.add(Files.readString(SOURCES.resolve(name + ".java")));
    }
    Matcher blocks = BLOCK.matcher(Files.readString(GUIDE));
    int found = 0;
    while (blocks.find()) {
      String block = blocks.group(1);
      assertThat(sources).anyMatch(source -> source.contains(block), "quotes: " + block);
      found++;
    }
    assertThat(found).isEqualTo(5);
  }

  @Test
  void itNamesEverySetting() throws IOException {
    String guide = Files.readString(GUIDE);
    for (RecordComponent setting : JobsProperties.class.getRecordComponents()) {
      String name = setting.getName().replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
      assertThat(guide).contains("| `" + name);
    }
  }

  @Test
  void itNamesEveryFigureAndEveryEnd() throws IOException {
    String guide = Files.readString(GUIDE);
    SimpleMeterRegistry registry = new SimpleMeterRegistry();
    JobListener listener = new MicrometerJobListener(registry);
    listener.enqueued("q", "t", new Enqueued.Stored("1"));
    listener.started("q", "t", Duration.ZERO);
    listener.recovered("q", 1, 1);
    listener.storeFailed("q", "take");
    for (JobListener.End end : JobListener.End.values()) {
      listener.ended("q", "t", end, Duration.ZERO);
      assertThat(guide)
          .containsPattern("end \\(.*\\b" + end.name().toLowerCase(Locale.ROOT) + "\\b");
    }
    new QueueGauges(new MemoryJobStore(Clock.systemUTC()), Set.of("q")).bindTo(registry);
    for (Meter meter : registry.getMeters()) {
      assertThat(guide).contains("`" + meter.getId().getName().replace("freshcut.jobs.", "") + "`");
    }
  }
}
