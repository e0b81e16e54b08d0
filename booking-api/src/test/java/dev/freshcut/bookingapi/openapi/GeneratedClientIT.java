package dev.freshcut.bookingapi.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshcut.bookingapi.ApiFixture;
import dev.freshcut.bookingapi.Shop;
import java.io.IOException;
import java.io.StringWriter;
import java.lang.reflect.InvocationTargetException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.util.FileSystemUtils;

/**
 * The description is true: a client that is generated from it, and that takes nothing which is not
 * described, gets a client's main journey done. The journey is {@code src/test/client}, which
 * compiles with what the document has names for.
 */
class GeneratedClientIT {
  /** Put there by the build, before these tests. */
  private static final Path GENERATOR =
      Path.of("target", "openapi-generator", "openapi-generator-cli.jar");

  private static final Path WORK = Path.of("target", "generated-client");
  private static final String OPTIONS =
      "openApiNullable=false,useJakartaEe=true,annotationLibrary=none,documentationProvider=none,"
          + "useSingleRequestParameter=true,hideGenerationTimestamp=true,supportUrlQuery=false,"
          + "invokerPackage=generated,apiPackage=generated.api,modelPackage=generated.model";

  private static ApiFixture api;

  @BeforeAll
  static void start() {
    api = ApiFixture.shared();
  }

  @Test
  void generatedClientCompletesTheJourney() throws Exception {
    Shop shop = Shop.open(api.sql(), "Europe/Paris");
    FileSystemUtils.deleteRecursively(WORK);
    Path document = Files.createDirectories(WORK).resolve("openapi.json");
    Files.writeString(document, api.get("/v3/api-docs").response().body());
    generate(document);
    Path classes = compile();

    try (URLClassLoader loader =
        new URLClassLoader(
            new URL[] {classes.toUri().toURL()}, GeneratedClientIT.class.getClassLoader())) {
      loader
          .loadClass("Journey")
          .getMethod("run", String.class, long.class, LocalDate.class)
          .invoke(null, "http://localhost:" + api.port(), shop.id(), shop.day(3));
    } catch (InvocationTargetException e) {
      throw new AssertionError("the journey ends: " + e.getCause(), e);
    }
  }

  /** The generator refuses a document that is no OpenAPI 3.1. */
  private static void generate(Path document) throws IOException, InterruptedException {
    assertThat(GENERATOR).as("made by `mvn verify`, phase pre-integration-test").exists();
    Path log = WORK.resolve("generator.log");
    Process generator =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-jar",
                GENERATOR.toString(),
                "generate",
                "--generator-name=java",
                "--library=native",
                "--input-spec=" + document,
                "--output=" + WORK,
                "--global-property=apis,models,supportingFiles,apiDocs=false,modelDocs=false,"
                    + "apiTests=false,modelTests=false",
                "--additional-properties=" + OPTIONS)
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    try {
      assertThat(generator.waitFor(5, TimeUnit.MINUTES)).as("the generator ends").isTrue();
      assertThat(generator.exitValue()).as(Files.readString(log)).isZero();
    } finally {
      generator.destroyForcibly();
    }
  }

  private static Path compile() throws IOException {
    List<Path> sources = new ArrayList<>();
    for (Path root : List.of(WORK.resolve("src/main/java"), Path.of("src", "test", "client"))) {
      try (Stream<Path> files = Files.walk(root)) {
        files.filter(file -> file.toString().endsWith(".java")).forEach(sources::add);
      }
    }
    Path classes = Files.createDirectories(WORK.resolve("classes"));
    JavaCompiler compiler = Objects.requireNonNull(ToolProvider.getSystemJavaCompiler());
    StringWriter complaints = new StringWriter();
    try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
      boolean compiled =
          compiler
              .getTask(
                  complaints,
                  files,
                  null,
                  List.of(
                      "-d",
                      classes.toString(),
                      "-proc:none",
                      "-nowarn",
                      "-classpath",
                      System.getProperty(
                          "surefire.test.class.path", System.getProperty("java.class.path"))),
                  null,
                  files.getJavaFileObjectsFromPaths(sources))
              .call();
      assertThat(compiled).as(complaints.toString()).isTrue();
    }
    return classes;
  }
}
