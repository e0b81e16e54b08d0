package dev.freshcut.embeddedstack;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import java.security.SecureRandom;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/**
 * Chooses TCP ports on 127.0.0.1. Between choosing and binding somebody else may take the port, so
 * callers must be ready to try another one.
 */
final class FreePorts {
  static final String HOST = "127.0.0.1";

  private static final byte[] LOOPBACK = {127, 0, 0, 1};

  /** How often a start is tried again with another port. */
  static final int ATTEMPTS = 5;

  /**
   * Below the ranges from which Linux (32768 up) and macOS (49152 up) take source ports: a client
   * that reconnects to a stopped server would otherwise now and then connect to itself, and take
   * the server's port with that.
   */
  private static final int LOWEST = 20_000;

  private static final int HIGHEST = 32_000;
  private static final int MAX_PROBES = 1_000;
  private static final int RESTART_PAUSE_MILLIS = 200;

  private static final Random random = new SecureRandom();

  private FreePorts() {}

  /** {@link #choose}, or in tests one that chooses badly. */
  interface Chooser {
    int choose(int preferred, int attempt);
  }

  /** The preferred port on the first attempt if it is free; else any free one. */
  static int choose(int preferred, int attempt) {
    if (preferred != 0 && attempt == 0 && isFree(preferred)) {
      return preferred;
    }
    for (int probe = 0; probe < MAX_PROBES; probe++) {
      int port = random.nextInt(LOWEST, HIGHEST);
      if (isFree(port)) {
        return port;
      }
    }
    throw new ServerStartException(
        "A server",
        "no free TCP port on " + HOST + " in " + LOWEST + "-" + HIGHEST,
        "Stop what listens there");
  }

  static InetSocketAddress address(int port) throws UnknownHostException {
    return new InetSocketAddress(InetAddress.getByAddress(LOOPBACK), port);
  }

  static boolean isFree(int port) {
    try (ServerSocket socket = new ServerSocket(port, 1, address(port).getAddress())) {
      return socket.isBound();
    } catch (IOException e) {
      return false;
    }
  }

  static ServerStartException allTaken(String thing) {
    return new ServerStartException(
        thing,
        "each of " + ATTEMPTS + " ports that were free was taken before it could listen",
        "Try again");
  }

  /** Starts something, and tells whether its port was free. */
  interface Launch {
    boolean launch() throws InterruptedException;
  }

  /** Starts a server again on the ports that it had, waiting a while for them to be free. */
  static void restart(String thing, List<Integer> ports, Launch launch) {
    try {
      for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
        // Asked first, because Kafka tells a taken port over a hundred lines.
        if (ports.stream().allMatch(FreePorts::isFree) && launch.launch()) {
          return;
        }
        TimeUnit.MILLISECONDS.sleep(RESTART_PAUSE_MILLIS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ServerStartException(thing, "its start was interrupted", "Start again", e);
    }
    int taken = ports.stream().filter(port -> !isFree(port)).findFirst().orElseGet(ports::getFirst);
    throw new ServerStartException(
        thing,
        "port " + taken + " has been taken while it was stopped",
        "Stop what listens there and start again");
  }
}
