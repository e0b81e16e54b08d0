package dev.freshcut.coherentcache;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.awaitility.Awaitility.await;

import dev.freshcut.embeddedstack.RedisServer;
import dev.freshcut.embeddedstack.Servers;
import dev.freshcut.embeddedstack.ServersOptions;
import dev.freshcut.redisaccess.spring.RedisSettings;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.redisson.config.Config;

/** A Redis Cluster of three masters; it lives until the JVM ends. */
final class RedisCluster {
  private static final int MASTERS = 3;
  private static final int SLOTS = 16_384;

  private final List<RedisServer> masters;

  private RedisCluster(List<RedisServer> masters) {
    this.masters = masters;
  }

  private static final class Holder {
    static final RedisCluster INSTANCE = form();
  }

  static RedisCluster shared() {
    return Holder.INSTANCE;
  }

  private static RedisCluster form() {
    List<RedisServer> masters = Stream.generate(RedisCluster::master).limit(MASTERS).toList();
    RedisServer first = masters.getFirst();
    for (int i = 0; i < MASTERS; i++) {
      call(
          masters.get(i),
          "CLUSTER ADDSLOTS "
              + IntStream.range(SLOTS * i / MASTERS, SLOTS * (i + 1) / MASTERS)
                  .mapToObj(Integer::toString)
                  .collect(Collectors.joining(" ")));
      // Else each would begin to count its epochs like the others.
      call(masters.get(i), "CLUSTER SET-CONFIG-EPOCH " + (i + 1));
      call(masters.get(i), "CLUSTER MEET " + first.host() + " " + first.port());
    }
    await()
        .atMost(Duration.ofMinutes(1))
        .until(() -> masters.stream().allMatch(RedisCluster::knowsAllSlots));
    return new RedisCluster(masters);
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
    String info = call(master, "CLUSTER INFO");
    return info.contains("cluster_state:ok") && info.contains("cluster_known_nodes:" + MASTERS);
  }

  /** The client's settings that an application has for these addresses. */
  Config config() {
    return new RedisSettings(masters.stream().map(RedisServer::url).toList(), null, null, 8)
        .toRedisson();
  }

  List<RedisServer> masters() {
    return masters;
  }

  /** Sends one command and gives the whole answer. */
  static String call(RedisServer server, String command) {
    try (Socket socket = new Socket(server.host(), server.port());
        BufferedReader in =
            new BufferedReader(new InputStreamReader(socket.getInputStream(), US_ASCII))) {
      socket.getOutputStream().write((command + "\r\nQUIT\r\n").getBytes(US_ASCII));
      String answer = in.lines().collect(Collectors.joining("\n"));
      if (answer.startsWith("-")) {
        throw new IllegalStateException(command.substring(0, 20) + ": " + answer);
      }
      return answer;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
