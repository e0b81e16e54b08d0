package dev.freshcut.coherentcache.protocol;

/** Where in a state's bytes each variable is. Everything about Redis is one block. */
final class Layout {
  final Scenario scenario;
  final int indexes;
  final int keys;
  final int writers;
  final int readers;

  private final int writer;
  private final int log;
  private final int logLength;
  private final int replica;
  private final int reader;
  private final int scan;

  /** The horizon that the sweeper has noted. */
  final int horizon;

  /** What has gone wrong with Redis, see {@link Housekeeping}. */
  final int faults;

  /** The mark as far as the readers have heard. */
  final int heard;

  final int worker;
  private final int redis;
  private final int saved;
  private final int redisSize;
  private final int size;

  private static final int READER_SIZE = Reader.values().length;
  private static final int WORKER_SIZE = Worker.values().length;

  /** A reader's variables. */
  enum Reader {
    STEP,
    LEFT,
    FLOOR,
    VALUE,
    SNAPSHOT,
    TOKEN,
    JOINED,
    ON_REPLICA,
    BEFORE_HORIZON,
    HORIZON
  }

  /** The worker's variables; they do not survive a crash, except the position in Kafka. */
  enum Worker {
    BUSY,
    POSITION,
    LAST_WRITTEN,
    DONE,
    IN_KAFKA,
    RELEASING,
    HELD_IN_MEMORY,
    KNOWS_STRANGERS
  }

  Layout(Scenario scenario) {
    this.scenario = scenario;
    indexes = scenario.indexes();
    keys = scenario.keys().size();
    writers = scenario.writers().size();
    readers = scenario.readers().size();
    writer = 0;
    log = writers;
    logLength = log + writers;
    replica = logLength + 1;
    reader = replica + 1;
    scan = reader + readers * READER_SIZE;
    horizon = scan + 2 * writers;
    faults = horizon + 1;
    heard = faults + 1;
    worker = heard + 1;
    redis = worker + WORKER_SIZE;
    redisSize = 5 * indexes + indexes * keys + 4 * keys + writers + 3;
    saved = redis + redisSize;
    size = scenario.has(Feature.ROLLBACK) ? saved + redisSize : saved;
  }

  int size() {
    return size;
  }

  /** Where a transaction stands, see {@link Database}. */
  int writer(int w) {
    return writer + w;
  }

  /** The transaction, plus one, whose end is at a place in the log. */
  int log(int place) {
    return log + place;
  }

  int logLength() {
    return logLength;
  }

  /** How many ends of transactions the replica has replayed. */
  int replica() {
    return replica;
  }

  @SuppressWarnings("EnumOrdinal") // the constants' order is the layout
  int reader(int r, Reader variable) {
    return reader + r * READER_SIZE + variable.ordinal();
  }

  /** How far the eviction of every scope has come: 0, 1 marked, 2 scanning, 3 done. */
  int scan(int w) {
    return scan + 2 * w;
  }

  /** The base indexes that the scan has found and not yet evicted. */
  int scanned(int w) {
    return scan + 2 * w + 1;
  }

  @SuppressWarnings("EnumOrdinal") // the constants' order is the layout
  int worker(Worker variable) {
    return worker + variable.ordinal();
  }

  int redis() {
    return redis;
  }

  int saved() {
    return saved;
  }

  int redisSize() {
    return redisSize;
  }

  /** An index's tombstone plus one; 0 if it has none. */
  int tombstone(int index) {
    return redis + index;
  }

  /** The loads that have registered in a base index and may still be running. */
  int registered(int index) {
    return redis + indexes + index;
  }

  /** The transaction of an index's held eviction, or 0. */
  int held(int index) {
    return redis + 2 * indexes + index;
  }

  /** The models of the readers that have registered in a base index. */
  int models(int index) {
    return redis + 3 * indexes + index;
  }

  /** The highest transaction that was evicted in a base index's scope. */
  int changed(int index) {
    return redis + 4 * indexes + index;
  }

  /** The score with which a key is in an index, or 0. */
  int score(int index, int key) {
    return redis + 5 * indexes + index * keys + key;
  }

  private int perKey(int variable, int key) {
    return redis + 5 * indexes + indexes * keys + variable * keys + key;
  }

  /** An entry's floor, or 0 if there is no entry. */
  int entryFloor(int key) {
    return perKey(0, key);
  }

  /** The transactions that an entry's value contains. */
  int entryValue(int key) {
    return perKey(1, key);
  }

  /** The highest floor of the key's entries so far; kept for checking only. */
  int highest(int key) {
    return perKey(2, key);
  }

  /** The reader, plus one, that holds the lease of a key. */
  int lease(int key) {
    return perKey(3, key);
  }

  /** The indexes in which a transaction's eviction has been applied; kept for checking only. */
  int applied(int w) {
    return perKey(4, 0) + w;
  }

  /** The highest transaction at which everything was evicted. */
  int mark() {
    return perKey(4, 0) + writers;
  }

  /** How much of the log has been evicted, according to Redis. */
  int position() {
    return mark() + 1;
  }

  /** How much of the log has been evicted, according to the watermark. */
  int watermark() {
    return mark() + 2;
  }
}
