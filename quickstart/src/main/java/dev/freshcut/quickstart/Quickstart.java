package dev.freshcut.quickstart;

import java.io.PrintStream;
import java.lang.ref.Reference;
import java.nio.channels.FileChannel;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts the servers and the applications in this JVM, with demo data, and stops them when the JVM
 * ends. After a signal it exits with what that signal gives (130 for Ctrl-C, 143 for TERM), and
 * with 1 and one line on standard error if it could not start.
 */
public final class Quickstart {
  /** Read by {@code logback.xml}; set before the first logger exists. */
  private static final String LOG_FILE = "freshcut.log";

  /** Set by spring-boot:run, of which this JVM is a child that should end with it. */
  private static final String STOP_WITH_PARENT = "freshcut.stop-with-parent";

  /** What a shell reports after Ctrl-C; spring-boot:run takes it, and no other, for no error. */
  private static final int INTERRUPTED = 130;

  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final Options options;
  private final PrintStream out;
  private final PrintStream err;

  private Quickstart(Options options, PrintStream out, PrintStream err) {
    this.options = options;
    this.out = out;
    this.err = err;
  }

  /** Entry point; takes its settings from system properties, see {@link Options}. */
  public static void main(String[] args) {
    int status;
    try {
      Options options = Options.from(System.getProperties());
      FileChannel directory = new Preflight(Preflight.NEEDED_BYTES).check(options);
      System.setProperty(LOG_FILE, options.log().toString());
      // The stop is ordered here, and logged until its end.
      System.setProperty("spring.main.register-shutdown-hook", "false");
      System.setProperty("logging.register-shutdown-hook", "false");
      // Kafka brings a second logging library, whose own mishaps nobody needs to see.
      System.setProperty("log4j2.statusLoggerLevel", "OFF");
      try {
        status = new Quickstart(options, System.out, System.err).run();
      } finally {
        // Held until the JVM ends, when the operating system lets go of it.
        Reference.reachabilityFence(directory);
      }
    } catch (StartFailure failure) {
      System.err.println(failure.line());
      status = 1;
    }
    System.exit(status);
  }

  private int run() {
    Logger log = LoggerFactory.getLogger(Quickstart.class);
    Teardown teardown = new Teardown(PATIENCE);
    Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(teardown), "stop"));
    if (Boolean.getBoolean(STOP_WITH_PARENT)) {
      stopWithParent();
    }
    Steps steps = new Steps(out, new Diagnosis(options.log()), System::nanoTime, teardown::closing);
    out.println("Freshcut is starting; its log is " + options.log());
    try {
      Platform platform = Platform.start(options, steps, teardown, Clock.systemUTC());
      Addresses addresses = platform.addresses();
      teardown.add("address file", AddressFile.write(options.addresses(), addresses));
      out.print(Banner.of(addresses, platform.tour(), options, steps.elapsed()));
      out.flush();
      awaitSignal();
    } catch (Exception | Error e) {
      if (teardown.closing()) {
        // Broken by the stop itself: the signal has its say, not this.
        awaitSignal();
      }
      log.error("Freshcut did not start; stopping what has been started", e);
      StartFailure failure =
          e instanceof StartFailure known ? known : new Diagnosis(options.log()).of("Start", e);
      err.println(failure.line());
      teardown.close();
    }
    return 1;
  }

  private void stop(Teardown teardown) {
    boolean running = !teardown.empty();
    if (running) {
      // On a line of its own: a step of the start may be under way on this one.
      out.printf("%nStopping Freshcut ...%n");
    }
    long start = System.nanoTime();
    // Also where a start that failed has taken the last part and is stopping it.
    teardown.close();
    if (running) {
      out.printf("Stopped after %.1f s.%n", (System.nanoTime() - start) / 1e9);
      if (Boolean.getBoolean(STOP_WITH_PARENT)) {
        out.flush();
        Runtime.getRuntime().halt(INTERRUPTED);
      }
    }
  }

  private static void stopWithParent() {
    ProcessHandle.current().parent().ifPresent(Quickstart::stopAfter);
  }

  private static void stopAfter(ProcessHandle parent) {
    Thread.ofPlatform()
        .daemon()
        .name("parent watch")
        .start(
            () -> {
              parent.onExit().join();
              System.exit(0);
            });
  }

  /** Until the JVM ends: servers that are stopped while they start interrupt their starter. */
  private static void awaitSignal() {
    while (true) {
      LockSupport.park();
      Thread.interrupted();
    }
  }
}
