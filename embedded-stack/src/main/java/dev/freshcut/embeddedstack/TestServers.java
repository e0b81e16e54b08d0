package dev.freshcut.embeddedstack;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * One set of servers for all tests of this JVM, because starting them for each would take seconds.
 * It lives until the JVM ends, so nobody closes it. A test keeps itself apart from others by names
 * of its own:
 *
 * <pre>{@code
 * TestServers servers = TestServers.shared();
 * String database = servers.freshDatabase();
 * String prefix = servers.freshName("topic");
 * servers.redis().flush();
 * }</pre>
 *
 * <p>A test that changes how a server runs, or that stops one, is safer with {@link
 * Servers#create(ServersOptions)} of its own.
 */
public final class TestServers {
  private final Servers servers;
  private final AtomicInteger names = new AtomicInteger();

  private TestServers(Servers servers) {
    this.servers = servers;
  }

  /** Initialised on first use, once. */
  private static final class Holder {
    // A transaction of autovacuum's would hold back the snapshots' floors now and then, which is
    // seen in what a cache may keep.
    static final TestServers INSTANCE =
        new TestServers(
            Servers.create(ServersOptions.defaults().withPostgresSetting("autovacuum", "off")));
  }

  /** The servers of this JVM; each starts on first use. */
  public static TestServers shared() {
    return Holder.INSTANCE;
  }

  /** PostgreSQL. */
  public PostgresServer postgres() {
    return servers.postgres();
  }

  /** Kafka. */
  public KafkaServer kafka() {
    return servers.kafka();
  }

  /** Redis, with the keys that earlier tests left. */
  public RedisServer redis() {
    return servers.redis();
  }

  /** Redis, emptied. Tests that call this must not run in parallel with other users of Redis. */
  public RedisServer emptyRedis() {
    RedisServer redis = servers.redis();
    redis.flush();
    return redis;
  }

  /** The inbox, with what earlier tests sent: each looks for its own recipients. */
  public InboxServer inbox() {
    return servers.inbox();
  }

  /** Creates a database that no other test uses and returns its name. */
  public String freshDatabase() {
    String name = freshName("test");
    servers.postgres().createDatabase(name);
    return name;
  }

  /**
   * A name that no other test of this JVM uses: {@code prefix_1}, {@code prefix_2} and so on; fit
   * for databases, replication slots, topic prefixes and consumer groups if the prefix is.
   */
  public String freshName(String prefix) {
    return prefix + "_" + names.incrementAndGet();
  }
}
