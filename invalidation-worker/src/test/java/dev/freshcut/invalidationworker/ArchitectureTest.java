package dev.freshcut.invalidationworker;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

@AnalyzeClasses(
    packages = "dev.freshcut.invalidationworker",
    importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
  /** What this module must know nothing of, because any Postgres application can use it. */
  private static final Pattern DOMAIN =
      Pattern.compile("booking|appointment|barber|salon|customer", Pattern.CASE_INSENSITIVE);

  @ArchTest
  static final ArchRule dependsOnTheDrawnModulesOnly =
      classes()
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "dev.freshcut.invalidationworker..",
              "dev.freshcut.coherentcache..",
              "dev.freshcut.redisaccess..",
              "dev.freshcut.sharedevents..",
              "java..",
              "org.apache.kafka..",
              "org.redisson..",
              "org.springframework..",
              "io.micrometer..",
              "org.slf4j..",
              "org.jspecify..");

  @ArchTest
  static final ArchRule springStaysOutOfTheWork =
      noClasses()
          .that()
          .resideInAnyPackage("..reading..", "..consuming..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.springframework..", "io.micrometer..", "org.redisson..");

  @ArchTest
  static final ArchRule timeIsInjected =
      noClasses()
          .should()
          .callMethod(Instant.class, "now")
          .orShould()
          .callMethod(System.class, "currentTimeMillis")
          .orShould()
          .callMethod(Thread.class, "sleep", long.class);

  @ArchTest
  static final ArchRule noCycles =
      slices().matching("dev.freshcut.(invalidationworker.*)..").should().beFreeOfCycles();

  /** Names, strings, settings and comments. */
  @Test
  void nothingSpeaksOfOneApplicationsDomain() throws IOException {
    try (Stream<Path> files = Files.walk(Path.of("src/main"))) {
      List<Path> sources = files.filter(Files::isRegularFile).toList();
      assertThat(sources).hasSizeGreaterThan(20);
      for (Path source : sources) {
        assertThat(Files.readAllLines(source))
            .as(source.toString())
            .noneMatch(line -> DOMAIN.matcher(line).find());
      }
    }
  }
}
