package dev.freshcut.coherentcache;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Instant;

@AnalyzeClasses(packages = "dev.freshcut.coherentcache", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
  @ArchTest
  static final ArchRule springStaysInItsAdapter =
      noClasses()
          .that()
          .resideOutsideOfPackage("..spring..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.springframework..");

  @ArchTest
  static final ArchRule metricsStayInTheirAdapter =
      noClasses()
          .that()
          .resideOutsideOfPackage("..micrometer..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("io.micrometer..");

  @ArchTest
  static final ArchRule knowsNothingOfBookingsOrKafka =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "dev.freshcut.bookingapi..", "dev.freshcut.sharedevents..", "org.apache.kafka..")
          .orShould()
          .haveSimpleNameContaining("Booking")
          .orShould()
          .haveSimpleNameContaining("Appointment");

  @ArchTest
  static final ArchRule clockIsInjected =
      noClasses()
          .should()
          .callMethod(Instant.class, "now")
          .orShould()
          .callMethod(System.class, "currentTimeMillis");

  @ArchTest
  static final ArchRule modelDependsOnNothingElse =
      noClasses()
          .that()
          .resideInAPackage("..model..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("dev.freshcut.coherentcache");

  @ArchTest
  static final ArchRule noCycles =
      slices().matching("dev.freshcut.(coherentcache.*)..").should().beFreeOfCycles();
}
