package dev.freshcut.redisaccess;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "dev.freshcut.redisaccess", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
  @ArchTest
  static final ArchRule dependsOnRedissonOnly =
      classes()
          .that()
          .resideOutsideOfPackage("..spring..")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "dev.freshcut.redisaccess", "java..", "org.redisson..", "org.jspecify..");

  @ArchTest
  static final ArchRule knowsNoOtherModule =
      noClasses()
          .that()
          .resideInAPackage("..spring..")
          .should()
          .dependOnClassesThat()
          .resideOutsideOfPackages(
              "dev.freshcut.redisaccess..",
              "java..",
              "org.redisson..",
              "org.springframework.boot.context.properties..",
              "org.jspecify..");
}
