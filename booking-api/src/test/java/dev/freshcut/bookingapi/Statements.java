package dev.freshcut.bookingapi;

import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.util.DriverDataSource;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.stereotype.Component;

/**
 * Notes what the service sends to the database, but for what it does on a schedule and when its
 * pool opens a connection; begin and commit are no statements. Only in a service with {@link
 * #SETTING}, which the component scan finds on the class path of tests alone.
 */
@Component
@ConditionalOnProperty(Statements.SETTING)
public class Statements implements BeanPostProcessor {
  /** True to have it: {@code new ApiFixture(Map.of(Statements.SETTING, true))}. */
  public static final String SETTING = "test.note-statements";

  private static final String OF_SCHEDULES = "scheduling-";

  private final List<String> sent = Collections.synchronizedList(new ArrayList<>());

  /** What a request took: its reply, and the statements in their order. */
  public record Noted(Reply reply, List<String> statements) {}

  /** Makes a request, while nobody else makes any. */
  public Noted during(Supplier<Reply> request) {
    sent.clear();
    Reply reply = request.get();
    synchronized (sent) {
      return new Noted(reply, List.copyOf(sent));
    }
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
    InvocationHandler handler =
        (proxy, method, arguments) -> {
          if (method.getName().startsWith("execute")) {
            note(sql == null ? (String) arguments[0] : sql);
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

  private void note(String sql) {
    boolean ofNewConnection = sql.startsWith("SET statement_timeout");
    if (!ofNewConnection && !Thread.currentThread().getName().startsWith(OF_SCHEDULES)) {
      sent.add(sql.strip());
    }
  }
}
