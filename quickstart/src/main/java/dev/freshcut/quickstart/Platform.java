package dev.freshcut.quickstart;

import dev.freshcut.embeddedstack.Servers;
import java.time.Clock;
import java.util.List;

final class Platform {
  private final Servers servers;

  private Platform(Servers servers) {
    this.servers = servers;
  }

  static Platform start(Options options, Steps steps, Teardown teardown, Clock clock) {
    Servers servers = teardown.add("servers", Servers.create());
    steps.run(
        "PostgreSQL 16", servers::postgres, postgres -> postgres.host() + ":" + postgres.port());
    steps.run("Kafka", servers::kafka, kafka -> kafka.bootstrapServers());
    steps.run("Redis", servers::redis, redis -> redis.host() + ":" + redis.port());
    return new Platform(servers);
  }

  Addresses addresses() {
    return new Addresses("", "", servers.postgres().host(), "", "", "", "", List.of());
  }
}
