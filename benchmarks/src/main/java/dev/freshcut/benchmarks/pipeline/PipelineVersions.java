package dev.freshcut.benchmarks.pipeline;

import dev.freshcut.benchmarks.cache.Versions;
import dev.freshcut.embeddedstack.Servers;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.kafka.common.utils.AppInfoParser;
import org.postgresql.util.DriverInfo;

/** Versions of everything on the way. */
final class PipelineVersions {
  private PipelineVersions() {}

  static Map<String, String> of(Servers servers, ItemsDatabase database) throws SQLException {
    Map<String, String> versions = new LinkedHashMap<>();
    versions.put("PostgreSQL", database.serverVersion());
    versions.put("pgjdbc", DriverInfo.DRIVER_VERSION);
    versions.put("Debezium", io.debezium.connector.postgresql.Module.version());
    versions.put("Kafka", AppInfoParser.getVersion());
    versions.putAll(Versions.ofRedis(servers.redis()));
    return versions;
  }
}
