package dev.freshcut.cdcconnector.settings;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/**
 * A PostgreSQL JDBC URL in parts, as Debezium wants them.
 *
 * @param host host name or address of the one server
 * @param port TCP port
 * @param database database name
 * @param parameters the driver's parameters
 */
public record JdbcUrl(String host, int port, String database, Map<String, String> parameters) {
  private static final String PREFIX = "jdbc:postgresql:";
  private static final int DEFAULT_PORT = 5_432;

  static JdbcUrl parse(String url) {
    URI uri;
    try {
      uri = new URI(url.startsWith(PREFIX) ? url.substring("jdbc:".length()) : "");
    } catch (URISyntaxException e) {
      throw refused();
    }
    if (uri.getHost() == null || uri.getPath() == null || uri.getPath().length() < 2) {
      throw refused();
    }
    Map<String, String> parameters = new TreeMap<>();
    if (uri.getRawQuery() != null) {
      for (String parameter : uri.getRawQuery().split("&", -1)) {
        int equals = parameter.indexOf('=');
        if (equals > 0) {
          parameters.put(decode(parameter, 0, equals), decode(parameter, equals + 1));
        }
      }
    }
    int port = uri.getPort() == -1 ? DEFAULT_PORT : uri.getPort();
    return new JdbcUrl(uri.getHost(), port, uri.getPath().substring(1), Map.copyOf(parameters));
  }

  private static String decode(String text, int from) {
    return decode(text, from, text.length());
  }

  private static String decode(String text, int from, int to) {
    return URLDecoder.decode(text.substring(from, to), StandardCharsets.UTF_8);
  }

  private static IllegalArgumentException refused() {
    return Check.refused(
        "database.jdbc-url",
        "is no URL of one PostgreSQL database",
        "set it to jdbc:postgresql://host:port/database");
  }
}
