package dev.freshcut.embeddedstack;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "dev.freshcut.embeddedstack", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
  @ArchTest
  static final ArchRule knowsNothingOfBookings =
      noClasses()
          .should()
          .haveNameMatching("(?i).*(booking|appointment|barber|salon|customer|location|payment).*");

  @ArchTest
  static final ArchRule standsOnItsOwn =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "org.springframework..",
              "org.junit..",
              "dev.freshcut.coherentcache..",
              "dev.freshcut.cdcconnector..",
              "dev.freshcut.sharedevents..");

  @ArchTest
  static final ArchRule hidesWhatRunsTheServers =
      classes()
          .that()
          .resideOutsideOfPackage("..inbox")
          .and()
          .haveNameNotMatching(".*\\.(Embedded|Container)\\w+(\\$.*)?")
          .and()
          .doNotHaveSimpleName("FixedPortContainer")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "java..",
              "org.slf4j..",
              "org.jspecify..",
              "org.apache.commons.compress..",
              "dev.freshcut.embeddedstack..");

  @ArchTest
  static final ArchRule theInboxKnowsNoOtherServer =
      noClasses()
          .that()
          .resideInAPackage("..inbox")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("dev.freshcut.embeddedstack");
}
