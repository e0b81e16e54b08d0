package dev.freshcut.cdcconnector;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshcut.cdcconnector.TopicReader.Read;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import tools.jackson.databind.JsonNode;

/**
 * Writes versions of rows in up to a hundred transactions a second of random size, some of them
 * rolled back, until stopped; it remembers what it committed. Row i's versions are named 1, 2, 3
 * and so on.
 */
final class TestWriter implements AutoCloseable {
  private static final int ROWS = 50;
  private static final String ROLLED_BACK = "rolled back";

  private final TestDatabase database;
  private final Random random;
  private final CompletableFuture<List<Committed>> done = new CompletableFuture<>();
  private volatile boolean stopped;

  /** A version of a row that a transaction committed. */
  record Committed(long row, int version) {}

  private TestWriter(TestDatabase database, long seed) {
    this.database = database;
    this.random = new Random(seed);
  }

  static TestWriter start(TestDatabase database, long seed) {
    TestWriter writer = new TestWriter(database, seed);
    Thread.ofPlatform().name("test-writer").daemon().start(writer::run);
    return writer;
  }

  /** Stops and returns what was committed. */
  List<Committed> stop() throws ExecutionException, InterruptedException {
    stopped = true;
    return done.get();
  }

  @Override
  public void close() {
    stopped = true;
  }

  private void run() {
    List<Committed> committed = new ArrayList<>();
    int[] versions = new int[ROWS];
    try (Connection connection = database.connect();
        PreparedStatement write =
            connection.prepareStatement(
                "INSERT INTO items (id, name) VALUES (?, ?)"
                    + " ON CONFLICT (id) DO UPDATE SET name = excluded.name");
        PreparedStatement pause = connection.prepareStatement("SELECT pg_sleep(0.01)")) {
      connection.setAutoCommit(false);
      while (!stopped) {
        if (random.nextInt(10) == 0) {
          write(write, random.nextInt(ROWS), ROLLED_BACK);
          connection.rollback();
        } else {
          commit(connection, write, pause, versions, committed);
        }
      }
      done.complete(committed);
    } catch (SQLException e) {
      done.completeExceptionally(e);
    }
  }

  private void commit(
      Connection connection,
      PreparedStatement write,
      PreparedStatement pause,
      int[] versions,
      List<Committed> committed)
      throws SQLException {
    int size = random.nextInt(20) == 0 ? random.nextInt(1, 1_000) : random.nextInt(1, 5);
    List<Committed> transaction = new ArrayList<>(size);
    for (int i = 0; i < size; i++) {
      int row = random.nextInt(ROWS);
      versions[row]++;
      write(write, row, String.valueOf(versions[row]));
      transaction.add(new Committed(row, versions[row]));
    }
    connection.commit();
    committed.addAll(transaction);
    pause.execute();
  }

  private static void write(PreparedStatement write, long row, String name) throws SQLException {
    write.setLong(1, row);
    write.setString(2, name);
    write.execute();
  }

  /**
   * Every committed version is there, nothing else is, and the first appearances of a row's
   * versions are in order; repetitions are allowed.
   */
  static void assertComplete(List<Committed> committed, List<Read> records, String description) {
    Map<Long, Integer> highest = new HashMap<>();
    Set<Committed> seen = new HashSet<>();
    for (Read record : records) {
      JsonNode after = record.json().path("after");
      long row = after.path("id").asLong();
      if (row >= 0) {
        String name = after.path("name").asString();
        assertThat(name).as(description).isNotEqualTo(ROLLED_BACK);
        int version = Integer.parseInt(name);
        if (seen.add(new Committed(row, version))) {
          assertThat(version)
              .as("%s: version of row %s after its earlier ones", description, row)
              .isEqualTo(highest.getOrDefault(row, 0) + 1);
          highest.put(row, version);
        }
      }
    }
    assertThat(seen).as(description).isEqualTo(new HashSet<>(committed));
  }
}
