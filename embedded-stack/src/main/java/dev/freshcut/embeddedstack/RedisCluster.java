package dev.freshcut.embeddedstack;

import java.io.IOException;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** A Redis Cluster of three masters for all tests of this JVM; it lives until the JVM ends. */
public final class RedisCluster {
  private static final int MASTERS = 3;
  private static final int SLOTS = 16_384;
  private static final Duration FORMING_LIMIT = Duration.ofMinutes(2);
  private static final int PROBE_MILLIS = 20;

  private final List<RedisServer> masters;

  private RedisCluster(List<RedisServer> masters) {
    this.masters = masters;
  }

  /** Initialised on first use, once. */
  private static final class Holder {
    static final RedisCluster INSTANCE = form();
  }

  /**
   * The cluster of this JVM; formed on first use.
   *
   * @throws ServerStartException if a server does not start, or they do not find each other
   */
  public static RedisCluster shared() {
    return Holder.INSTANCE;
  }

  private static RedisCluster form() {
    List<RedisServer> masters = Stream.generate(RedisCluster::master).limit(MASTERS).toList();
    RedisServer first = masters.getFirst();
    for (int i = 0; i < MASTERS; i++) {
      RedisServer master = masters.get(i);
      master.command(
          "CLUSTER ADDSLOTS "
              + IntStream.range(SLOTS * i / MASTERS, SLOTS * (i + 1) / MASTERS)
                  .mapToObj(Integer::toString)
                  .collect(Collectors.joining(" ")));
      // Else each would begin to count its epochs like the others.
      master.command("CLUSTER SET-CONFIG-EPOCH " + (i + 1));
      master.command("CLUSTER MEET " + first.host() + " " + first.port());
    }
    awaitFormed(masters);
    return new RedisCluster(masters);
  }

  private static void awaitFormed(List<RedisServer> masters) {
    long deadline = System.nanoTime() + FORMING_LIMIT.toNanos();
    try {
      while (!masters.stream().allMatch(RedisCluster::knowsAllSlots)) {
        if (System.nanoTime() - deadline > 0) {
          throw new ServerStartException(
              "Redis Cluster",
              "its servers did not find each other within " + FORMING_LIMIT.toSeconds() + " s",
              "Try again on a machine that is less busy");
        }
        TimeUnit.MILLISECONDS.sleep(PROBE_MILLIS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ServerStartException("Redis Cluster", "interrupted", "Try again", e);
    }
  }

  private static RedisServer master() {
    return Servers.create(
            ServersOptions.defaults()
                .withPorts(new ServersOptions.Ports(0, 0, port()))
                .withRedisSetting("cluster-enabled", "yes"))
        .redis();
  }

  /**
   * One whose cluster bus, on a port 10,000 above it, has a port too; both below those that the
   * system gives to clients, who could take it before the server.
   */
  private static int port() {
    while (true) {
      int port = ThreadLocalRandom.current().nextInt(10_000, 20_000);
      try (ServerSocket one = new ServerSocket(port);
          ServerSocket bus = new ServerSocket(port + 10_000)) {
        return Math.min(one.getLocalPort(), bus.getLocalPort());
      } catch (IOException e) {
        // taken: another
      }
    }
  }

  private static boolean knowsAllSlots(RedisServer master) {
    String info = master.command("CLUSTER INFO");
    return info.contains("cluster_state:ok") && info.contains("cluster_known_nodes:" + MASTERS);
  }

  /** {@code redis://host:port} of each server. */
  public List<String> urls() {
    return masters.stream().map(RedisServer::url).toList();
  }

  /** The servers, each with a third of the slots. */
  public List<RedisServer> masters() {
    return masters;
  }
}
