package dev.freshcut.embeddedstack;

/**
 * A program that starts servers, tells their work directory, and then waits to be ended from
 * outside.
 */
final class ServerProcess {
  private ServerProcess() {}

  public static void main(String[] arguments) throws InterruptedException {
    boolean stopOnExit = Boolean.parseBoolean(arguments[0]);
    boolean withKafka = Boolean.parseBoolean(arguments[1]);
    Servers servers =
        Servers.create(
            ServersOptions.defaults().withStopOnExit(stopOnExit).withProgress(line -> {}));
    try {
      if (withKafka) {
        servers.startAll();
      } else {
        servers.redis();
        servers.postgres();
      }
    } catch (ServerStartException e) {
      System.out.println(e.getMessage());
      System.exit(3);
    }
    System.out.println(((EmbeddedRedis) servers.redis()).home().getParent());
    Thread.currentThread().join();
  }
}
