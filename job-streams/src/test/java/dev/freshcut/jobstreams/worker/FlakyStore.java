package dev.freshcut.jobstreams.worker;

import dev.freshcut.jobstreams.store.JobStore;
import dev.freshcut.jobstreams.store.StoreUnavailableException;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** A store some of whose calls can be made to fail, before or after they have happened. */
final class FlakyStore {
  /** Names of calls that fail and do not happen. */
  final Set<String> down = ConcurrentHashMap.newKeySet();

  /** Names of calls that end with an error of the machine. */
  final Set<String> broken = ConcurrentHashMap.newKeySet();

  /** Names of calls that happen and whose answer is lost. */
  final Set<String> deaf = ConcurrentHashMap.newKeySet();

  final AtomicInteger failures = new AtomicInteger();
  final JobStore store;

  FlakyStore(JobStore real) {
    store =
        (JobStore)
            Proxy.newProxyInstance(
                JobStore.class.getClassLoader(),
                new Class<?>[] {JobStore.class},
                (proxy, method, arguments) -> {
                  if (broken.contains(method.getName())) {
                    throw new OutOfMemoryError("as the test wants");
                  }
                  if (down.contains(method.getName())) {
                    throw failed();
                  }
                  Object answer;
                  try {
                    answer = method.invoke(real, arguments);
                  } catch (InvocationTargetException e) {
                    throw e.getCause();
                  }
                  if (deaf.contains(method.getName())) {
                    throw failed();
                  }
                  return answer;
                });
  }

  private StoreUnavailableException failed() {
    failures.incrementAndGet();
    return new StoreUnavailableException("made to fail", new IOException("as the test wants"));
  }
}
