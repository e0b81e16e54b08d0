package dev.freshcut.redisaccess.spring;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.redisson.config.Config;
import org.redisson.config.ReadMode;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where Redis is, and as whom to speak to it.
 *
 * @param address {@code redis://host:port} or, with TLS, {@code rediss://host:port}; several are
 *     nodes of a Redis Cluster
 * @param username ACL user; none for the default user
 * @param password none where the server asks for none
 * @param connections most connections to one server, 2 to 256; commands are pipelined, so few do
 */
@ConfigurationProperties("freshcut.redis")
public record RedisSettings(
    @DefaultValue("redis://localhost:6379") List<String> address,
    @Nullable String username,
    @Nullable String password,
    @DefaultValue("8") int connections) {

  private static final int IDLE_CONNECTIONS = 2;

  /**
   * Checks the addresses' form.
   *
   * @throws IllegalArgumentException with the setting, the reason and the mend
   */
  public RedisSettings {
    address = List.copyOf(address);
    if (address.isEmpty()) {
      throw new IllegalArgumentException(
          "freshcut.redis.address is empty: set it to redis://host:port");
    }
    if (!address.stream().allMatch(one -> one.matches("rediss?://[^/@\\s]+:\\d{1,5}"))) {
      throw new IllegalArgumentException(
          "freshcut.redis.address has an entry that is not an address: write each as"
              + " redis://host:port, with user and password in their own settings");
    }
    if (connections < IDLE_CONNECTIONS || connections > 256) {
      throw new IllegalArgumentException(
          "freshcut.redis.connections is %d: set it to a number from %d to 256"
              .formatted(connections, IDLE_CONNECTIONS));
    }
  }

  /** For a client that also starts while Redis is away. */
  public Config toRedisson() {
    Config config = new Config();
    config.setLazyInitialization(true);
    config.setUsername(username);
    config.setPassword(password);
    if (address.size() == 1) {
      config
          .useSingleServer()
          .setAddress(address.get(0))
          .setConnectionMinimumIdleSize(IDLE_CONNECTIONS)
          .setConnectionPoolSize(connections);
    } else {
      config
          .useClusterServers()
          // A replica may lack the last writes.
          .setReadMode(ReadMode.MASTER)
          .addNodeAddress(address.toArray(String[]::new))
          .setMasterConnectionMinimumIdleSize(IDLE_CONNECTIONS)
          .setMasterConnectionPoolSize(connections);
    }
    return config;
  }

  /** Without the password. */
  @Override
  public String toString() {
    return "RedisSettings[address=" + address + "]";
  }
}
