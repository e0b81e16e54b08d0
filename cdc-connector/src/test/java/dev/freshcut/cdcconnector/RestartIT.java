package dev.freshcut.cdcconnector;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshcut.cdcconnector.TopicReader.Read;
import java.io.File;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The connector's process is killed outright, again and again, while rows are written. */
class RestartIT {
  private static final int KILLS = 4;

  private final ConnectorFixture fixture = new ConnectorFixture();
  private final List<Process> processes = new ArrayList<>();

  @AfterEach
  void close() throws InterruptedException {
    for (Process process : processes) {
      process.destroyForcibly();
      process.waitFor(10, TimeUnit.SECONDS);
    }
    fixture.close();
  }

  @Test
  void killedUnderLoadItLosesNothing() throws Exception {
    long seed = System.nanoTime();
    System.out.println("RestartIT seed " + seed);
    Random random = new Random(seed);
    List<TestWriter.Committed> committed;
    Process connector = launch();
    awaitRecords(1);
    try (TestWriter writer = TestWriter.start(fixture.database, random.nextLong())) {
      awaitRecords(100);
      // Without a stored position the next one could not know that it lost nothing.
      fixture.awaitAdvance();
      for (int kill = 0; kill < KILLS; kill++) {
        awaitRecords(fixture.recordCount() + 1 + random.nextInt(2_000));
        connector.destroyForcibly().waitFor();
        connector = launch();
      }
      awaitRecords(fixture.recordCount() + 200);
      committed = writer.stop();
    }
    fixture.database.execute("INSERT INTO items (id, name) VALUES (-2, 'end')");
    List<Read> records = fixture.awaitItem(-2);
    TestWriter.assertComplete(committed, records, "seed " + seed);
    System.out.printf(
        "RestartIT: %d kills, %d versions committed, %d records, %d of them repeated%n",
        KILLS, committed.size(), records.size(), records.size() - committed.size() - 2);
    assertThat(fixture.topics.read(fixture.prefix + ".control")).as("gaps").hasSize(1);
  }

  /** At least so many records are in the topic; a row of its own makes the first. */
  private void awaitRecords(long count) {
    if (fixture.database.number("SELECT count(*) FROM items") == 0) {
      Awaitility.await("slot")
          .atMost(ConnectorFixture.PATIENCE)
          .until(
              () ->
                  fixture.database.number(
                          "SELECT count(*) FROM pg_replication_slots WHERE slot_name = '"
                              + fixture.prefix
                              + "'")
                      == 1);
      fixture.database.execute("INSERT INTO items (id, name) VALUES (-1, 'start')");
    }
    Awaitility.await(count + " records")
        .atMost(ConnectorFixture.PATIENCE)
        .until(() -> fixture.recordCount() >= count);
  }

  private Process launch() throws IOException {
    Map<String, Object> settings = new HashMap<>(fixture.settings());
    List<String> command = new ArrayList<>();
    command.add(ProcessHandle.current().info().command().orElseThrow());
    command.add("-XX:TieredStopAtLevel=1");
    command.add("-XX:+UseSerialGC");
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add(CdcConnectorApplication.class.getName());
    settings.forEach((name, value) -> command.add("--" + name + "=" + value));
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(
                ProcessBuilder.Redirect.appendTo(new File("target/restart-it-connector.log")))
            .start();
    processes.add(process);
    return process;
  }
}
