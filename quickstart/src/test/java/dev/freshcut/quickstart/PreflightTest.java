package dev.freshcut.quickstart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PreflightTest {
  @TempDir Path directory;

  @Test
  void aPortThatIsHeldIsNamed() throws IOException {
    try (ServerSocket holder = new ServerSocket(0)) {
      Options options = new Options(holder.getLocalPort(), directory);

      assertThatThrownBy(() -> new Preflight(0).check(options))
          .isInstanceOf(StartFailure.class)
          .hasMessageContaining("API port " + holder.getLocalPort())
          .hasMessageContaining("-Dfreshcut.port=");
    }
  }

  @Test
  void tooLittleSpaceIsNamedInMegabytes() {
    assertThatThrownBy(() -> new Preflight(Long.MAX_VALUE).check(new Options(0, directory)))
        .isInstanceOf(StartFailure.class)
        .hasMessageContaining("MB are free")
        .hasMessageContaining("-Dfreshcut.directory=");
  }

  @Test
  void aDirectoryThatCannotBeMadeIsNamed() throws IOException {
    Path file = Files.writeString(directory.resolve("file"), "");

    assertThatThrownBy(() -> new Preflight(0).check(new Options(0, file.resolve("below"))))
        .isInstanceOf(StartFailure.class)
        .hasMessageContaining("cannot be written")
        .hasMessageContaining("-Dfreshcut.directory=");
  }

  @Test
  void whatTheRunBeforeLeftIsRemoved() throws IOException {
    Options options = new Options(0, directory);
    Files.writeString(options.addresses(), "{}");
    Files.writeString(options.log(), "old");

    new Preflight(0).check(options);

    assertThat(options.addresses()).doesNotExist();
    assertThat(options.log()).isEmptyFile();
  }

  @Test
  void aDirectoryInWhichAnotherRunsIsLeftAsItIs() throws IOException {
    Options options = new Options(0, directory);
    try (FileChannel running = new Preflight(0).check(options)) {
      assertThat(running.isOpen()).isTrue();
      Files.writeString(options.addresses(), "{}");
      Files.writeString(options.log(), "its log");

      assertThatThrownBy(() -> new Preflight(0).check(options))
          .isInstanceOf(StartFailure.class)
          .hasMessageContaining(directory + ": a quickstart is running there")
          .hasMessageContaining("-Dfreshcut.directory=<another directory> and -Dfreshcut.port=0");

      assertThat(options.addresses()).hasContent("{}");
      assertThat(options.log()).hasContent("its log");
    }
  }

  @Test
  void theApiListensOn8080UnlessToldOtherwise() {
    assertThat(Options.from(new Properties()).port()).isEqualTo(8080);
  }

  @Test
  void filesGoToTheModulesTargetFromWhereverItIsStarted() {
    assertThat(Options.from(new Properties()).directory())
        .isAbsolute()
        .endsWithRaw(Path.of("target"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"-1", "65536", "http", "", "80 80"})
  void whatIsNoPortIsSaid(String text) {
    Properties properties = new Properties();
    properties.setProperty(Options.PORT, text);

    assertThatThrownBy(() -> Options.from(properties))
        .isInstanceOf(StartFailure.class)
        .hasMessageContaining("'" + text + "' is not a port");
  }
}
