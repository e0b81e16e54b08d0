package dev.freshcut.invalidationworker;

/** Starts the service. */
public final class InvalidationWorkerApplication {
  private InvalidationWorkerApplication() {}

  /** Entry point. */
  public static void main(String[] args) {}
}
