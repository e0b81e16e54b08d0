package dev.freshcut.embeddedstack;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.testcontainers.containers.GenericContainer;

/**
 * A container whose port on this machine survives a restart, unlike those that Docker hands out.
 */
final class FixedPortContainer {
  private static final Duration START_LIMIT = Duration.ofMinutes(2);
  private static final Duration PROBE_INTERVAL = Duration.ofMillis(100);

  private final String thing;
  private final GenericContainer<?> container;
  private final int port;

  FixedPortContainer(String thing, GenericContainer<?> container, int portInside, int port) {
    this.thing = thing;
    this.container = container;
    this.port = port;
    container.withExposedPorts(portInside);
    container.setPortBindings(List.of(port + ":" + portInside));
  }

  String host() {
    return container.getHost();
  }

  int port() {
    return port;
  }

  synchronized void start(BooleanSupplier answers) {
    try {
      if (container.getContainerId() == null) {
        container.start();
      } else if (!container.isRunning()) {
        container.getDockerClient().startContainerCmd(container.getContainerId()).exec();
      }
      awaitAnswer(answers);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      container.stop();
      throw new ServerStartException(thing, "its start was interrupted", "Start again", e);
    } catch (RuntimeException e) {
      container.stop();
      throw new ServerStartException(
          thing,
          "its container %s failed (%s)".formatted(container.getDockerImageName(), e.getMessage()),
          "Make sure that Docker can pull the image and that port " + port + " is free",
          e);
    }
  }

  private void awaitAnswer(BooleanSupplier answers) throws InterruptedException {
    long deadline = System.nanoTime() + START_LIMIT.toNanos();
    while (!answers.getAsBoolean()) {
      if (System.nanoTime() - deadline > 0) {
        throw new IllegalStateException("no answer after " + START_LIMIT.toSeconds() + " s");
      }
      TimeUnit.MILLISECONDS.sleep(PROBE_INTERVAL.toMillis());
    }
  }

  synchronized void kill() {
    if (container.isRunning()) {
      container.getDockerClient().killContainerCmd(container.getContainerId()).exec();
    }
  }

  synchronized void remove() {
    container.stop();
  }
}
