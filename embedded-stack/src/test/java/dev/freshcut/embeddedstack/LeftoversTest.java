package dev.freshcut.embeddedstack;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** However the servers end, no process and no data stay behind. Another JVM runs them. */
class LeftoversTest {
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final List<Process> jvms = new ArrayList<>();

  @AfterEach
  void endTheOtherJvm() {
    jvms.forEach(Process::destroyForcibly);
  }

  @Test
  void afterSigterm() throws Exception {
    Process jvm = java(true, true);
    Path work = workDirectory(jvm);
    List<ProcessHandle> children = children(jvm);
    jvm.destroy();
    assertThat(jvm.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
    // The exit hook has done it all when the JVM is gone: nothing is left to the guard.
    assertThat(work).doesNotExist();
    assertThat(children).noneMatch(ProcessHandle::isAlive);
  }

  @Test
  void afterSigkill() throws Exception {
    Process jvm = java(true, false);
    Path work = workDirectory(jvm);
    List<ProcessHandle> children = children(jvm);
    jvm.destroyForcibly();
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () -> {
              assertThat(children).noneMatch(ProcessHandle::isAlive);
              assertThat(work).doesNotExist();
            });
  }

  @Test
  void afterAnExitWithoutAHook() throws Exception {
    Process jvm = java(false, false);
    Path work = workDirectory(jvm);
    List<ProcessHandle> children = children(jvm);
    jvm.destroy();
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () -> {
              assertThat(children).noneMatch(ProcessHandle::isAlive);
              assertThat(work).doesNotExist();
            });
  }

  @Test
  void afterClose() throws Exception {
    Servers servers = Servers.create();
    EmbeddedPostgres postgres = (EmbeddedPostgres) servers.postgres();
    EmbeddedRedis redis = (EmbeddedRedis) servers.redis();
    KafkaServer kafka = servers.kafka();
    List<ProcessHandle> processes = new ArrayList<>();
    for (long pid : new long[] {postgres.pid(), redis.pid()}) {
      ProcessHandle process = ProcessHandle.of(pid).orElseThrow();
      processes.add(process);
      process.descendants().forEach(processes::add);
    }
    assertThat(processes).hasSizeGreaterThan(3).allMatch(ProcessHandle::isAlive);
    Path work = Objects.requireNonNull(redis.home().getParent());
    int kafkaPort = Integer.parseInt(kafka.bootstrapServers().replace(FreePorts.HOST + ":", ""));

    servers.close();

    assertThat(processes).noneMatch(ProcessHandle::isAlive);
    assertThat(work).doesNotExist();
    for (int port : new int[] {postgres.port(), redis.port(), kafkaPort}) {
      assertThat(FreePorts.isFree(port)).isTrue();
    }
  }

  @Test
  void afterAFailedStart() throws Exception {
    Path temporary = Files.createTempDirectory("leftovers-");
    try {
      Process jvm =
          java(List.of("-Djava.io.tmpdir=" + temporary, "-cp", withoutRedis()), true, false);
      assertThat(jvm.inputReader(UTF_8).readLine())
          .startsWith("Redis did not start: its program")
          .endsWith("Add the artifact embedded-redis.");
      assertThat(jvm.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
      assertThat(jvm.exitValue()).isEqualTo(3);
      assertThat(temporary).isEmptyDirectory();
    } finally {
      WorkDirectory.delete(temporary);
    }
  }

  private static String withoutRedis() {
    return String.join(
        ":",
        Stream.of(System.getProperty("java.class.path").split(":", -1))
            .filter(entry -> !entry.contains("embedded-redis"))
            .toList());
  }

  private Process java(boolean stopOnExit, boolean withKafka) throws IOException {
    return java(List.of("-cp", System.getProperty("java.class.path")), stopOnExit, withKafka);
  }

  /** Known when the servers are up. */
  private static Path workDirectory(Process jvm) throws IOException {
    // The reader is not closed: that would end the JVM at its next word.
    Path work = Path.of(String.valueOf(jvm.inputReader(UTF_8).readLine()));
    assertThat(work).isDirectory();
    return work;
  }

  private Process java(List<String> options, boolean stopOnExit, boolean withKafka)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    // Keeps the servers' own words out of the lines that are read here.
    command.add("-Dlogback.configurationFile=silent-logback.xml");
    command.add("-Dsun.misc.unsafe.memory.access=allow");
    command.add("-XX:TieredStopAtLevel=1");
    command.addAll(options);
    command.add(ServerProcess.class.getName());
    command.add(Boolean.toString(stopOnExit));
    command.add(Boolean.toString(withKafka));
    Process jvm = new ProcessBuilder(command).redirectErrorStream(true).start();
    jvms.add(jvm);
    return jvm;
  }

  /** PostgreSQL with its own children, Redis and the guard. */
  private static List<ProcessHandle> children(Process jvm) {
    List<ProcessHandle> children = jvm.descendants().toList();
    assertThat(children).hasSizeGreaterThan(5);
    return children;
  }
}
