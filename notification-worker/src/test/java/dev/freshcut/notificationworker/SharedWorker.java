package dev.freshcut.notificationworker;

import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * One application for all test classes that ask for it, because starting it takes seconds. What a
 * test leaves behind is done or cancelled before the next one begins. Time goes on from test to
 * test. Who empties or replaces what others need makes a {@link WorkerFixture} of its own.
 */
final class SharedWorker implements ParameterResolver, AfterEachCallback {
  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == WorkerFixture.class;
  }

  @Override
  public WorkerFixture resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return fixture(context);
  }

  @Override
  public void afterEach(ExtensionContext context) {
    fixture(context).rest();
  }

  /** Closed with the last test. */
  private static WorkerFixture fixture(ExtensionContext context) {
    return context
        .getRoot()
        .getStore(Namespace.create(SharedWorker.class))
        .computeIfAbsent(
            WorkerFixture.class,
            key -> {
              WorkerFixture made = new WorkerFixture();
              made.start();
              return made;
            },
            WorkerFixture.class);
  }
}
