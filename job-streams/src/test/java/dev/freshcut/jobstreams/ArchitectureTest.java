package dev.freshcut.jobstreams;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Instant;

@AnalyzeClasses(packages = "dev.freshcut.jobstreams", importOptions = DoNotIncludeTests.class)
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
          .resideOutsideOfPackages("..micrometer..", "..spring..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("io.micrometer..");

  @ArchTest
  static final ArchRule redisStaysBehindThePort =
      noClasses()
          .that()
          .resideOutsideOfPackages("..redis..", "..spring..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.redisson..", "dev.freshcut.redisaccess..");

  @ArchTest
  static final ArchRule cronStaysInSchedules =
      noClasses()
          .that()
          .resideOutsideOfPackage("..schedule..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("com.cronutils..");

  @ArchTest
  static final ArchRule knowsNothingOfItsUsers =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "dev.freshcut.bookingapi..",
              "dev.freshcut.notificationworker..",
              "dev.freshcut.coherentcache..",
              "dev.freshcut.sharedevents..",
              "org.apache.kafka..",
              "jakarta.mail..")
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
  static final ArchRule noCycles =
      slices().matching("dev.freshcut.(jobstreams.*)..").should().beFreeOfCycles();
}
