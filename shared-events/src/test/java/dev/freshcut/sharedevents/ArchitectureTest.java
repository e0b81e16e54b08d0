package dev.freshcut.sharedevents;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "dev.freshcut.sharedevents", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
  /** Contracts: whoever shares them must not inherit a framework with them. */
  @ArchTest
  static final ArchRule dependsOnJsonOnly =
      classes()
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "dev.freshcut.sharedevents..",
              "java..",
              "javax.crypto..",
              "tools.jackson.core..",
              "org.jspecify..");

  @ArchTest
  static final ArchRule noCycles =
      slices().matching("dev.freshcut.(sharedevents.*)..").should().beFreeOfCycles();
}
