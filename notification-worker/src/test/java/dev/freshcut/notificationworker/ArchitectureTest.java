package dev.freshcut.notificationworker;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Instant;

@AnalyzeClasses(
    packages = "dev.freshcut.notificationworker",
    importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
  @ArchTest
  static final ArchRule otherServicesAreKnownByTheirTablesAndTopicsOnly =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "dev.freshcut.bookingapi..",
              "dev.freshcut.bookingschema..",
              "dev.freshcut.cdcconnector..",
              "dev.freshcut.invalidationworker..");

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
      slices().matching("dev.freshcut.(notificationworker.*)..").should().beFreeOfCycles();
}
