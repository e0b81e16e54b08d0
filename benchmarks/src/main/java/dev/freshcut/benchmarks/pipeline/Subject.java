package dev.freshcut.benchmarks.pipeline;

import java.sql.SQLException;

/** A way from commits to deleted entries; running from its making until it is closed. */
interface Subject extends AutoCloseable {
  /** Stops it; the entries stay as they are. */
  @Override
  void close() throws SQLException;
}
