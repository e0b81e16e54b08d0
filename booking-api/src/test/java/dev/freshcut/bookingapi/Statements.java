package dev.freshcut.bookingapi;

import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.util.DriverDataSource;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.stereotype.Component;

/**
 * Notes what the service sends to the database, but for what its pool sends when it opens a
 * connection; begin and commit are no statements. Only in a service with {@link #SETTING}, which
 * the component scan finds on the class path of tests alone.
 */
@Component
@ConditionalOnProperty(Statements.SETTING)
public class Statements implements BeanPostProcessor {
  /** True to have it: {@code new ApiFixture(Map.of(Statements.SETTING, true))}. */
  public static final String SETTING = "test.note-statements";

  private static final String OF_SCHEDULES = "scheduling-";
  private static final String OF_NEW_CONNECTION = "SET statement_timeout";

  private final ConcurrentLinkedQueue<Sent> ofRequests = new ConcurrentLinkedQueue<>();
  private final ConcurrentLinkedQueue<Sent> ofSchedules = new ConcurrentLinkedQueue<>();

  /** One statement, with its parameters as they were set. */
  public record Sent(String sql, List<Setting> parameters) {
    record Setting(Method method, List<Object> arguments) {}

    /** PostgreSQL's plan for it, as JSON. */
    public String plan(Connection connection) throws Exception {
      return explain("FORMAT JSON", connection);
    }

    /** The plan with what it took: runs the statement. */
    public String analyzed(Connection connection) throws Exception {
      return explain("ANALYZE, FORMAT JSON", connection);
    }

    private String explain(String options, Connection connection) throws Exception {
      try (PreparedStatement explain =
          connection.prepareStatement("EXPLAIN (" + options + ") " + sql)) {
        for (Setting each : parameters) {
          each.method().invoke(explain, each.arguments().toArray());
        }
        try (ResultSet row = explain.executeQuery()) {
          row.next();
          return row.getString(1);
        }
      }
    }

    @Override
    public String toString() {
      return sql;
    }
  }

  /** What a request took: its reply, and the statements in their order. */
  public record Noted(Reply reply, List<Sent> statements) {}

  /** Makes a request, while nobody else makes any. */
  public Noted during(Supplier<Reply> request) {
    ofRequests.clear();
    Reply reply = request.get();
    return new Noted(reply, List.copyOf(ofRequests));
  }

  /** What the service has sent on its schedules since it started. */
  public List<Sent> ofSchedules() {
    return List.copyOf(ofSchedules);
  }

  @Override
  public Object postProcessAfterInitialization(Object bean, String name) {
    if (bean instanceof HikariDataSource pool) {
      DataSource driver =
          new DriverDataSource(
              pool.getJdbcUrl(),
              pool.getDriverClassName(),
              pool.getDataSourceProperties(),
              pool.getUsername(),
              pool.getPassword());
      pool.setDataSource(noting(DataSource.class, driver, null));
    }
    return bean;
  }

  /** The same, with its connections and their statements noting what they send. */
  private <T> T noting(Class<T> type, T target, @Nullable String sql) {
    List<Sent.Setting> parameters = new ArrayList<>();
    InvocationHandler handler =
        (proxy, method, arguments) -> {
          if (method.getName().startsWith("execute")) {
            note(new Sent(sql == null ? (String) arguments[0] : sql, List.copyOf(parameters)));
          } else if (sql != null && method.getName().startsWith("set") && arguments.length > 1) {
            parameters.add(new Sent.Setting(method, Arrays.asList(arguments.clone())));
          }
          return wrapped(invoke(method, target, arguments), arguments);
        };
    return type.cast(
        Proxy.newProxyInstance(Statements.class.getClassLoader(), new Class<?>[] {type}, handler));
  }

  private static @Nullable Object invoke(
      Method method, Object target, Object @Nullable [] arguments) throws Throwable {
    try {
      return method.invoke(target, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }

  private @Nullable Object wrapped(@Nullable Object result, Object @Nullable [] arguments) {
    if (result instanceof Connection connection) {
      return noting(Connection.class, connection, null);
    }
    if (result instanceof PreparedStatement prepared) {
      return noting(PreparedStatement.class, prepared, arguments == null ? "" : "" + arguments[0]);
    }
    return result instanceof Statement statement
        ? noting(Statement.class, statement, null)
        : result;
  }

  private void note(Sent sent) {
    if (sent.sql().startsWith(OF_NEW_CONNECTION)) {
      return;
    }
    boolean isOfASchedule = Thread.currentThread().getName().startsWith(OF_SCHEDULES);
    (isOfASchedule ? ofSchedules : ofRequests).add(sent);
  }
}
