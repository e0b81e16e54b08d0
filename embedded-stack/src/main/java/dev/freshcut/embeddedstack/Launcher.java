package dev.freshcut.embeddedstack;

/** Starts servers of one kind. Each method is called at most once; each may be interrupted. */
interface Launcher extends AutoCloseable {
  PostgresServer postgres() throws InterruptedException;

  KafkaServer kafka() throws InterruptedException;

  RedisServer redis() throws InterruptedException;

  InboxServer inbox() throws InterruptedException;

  /** Releases what the servers shared. Called after all of them have been closed. */
  @Override
  void close();
}
