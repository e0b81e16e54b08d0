package dev.freshcut.cdcconnector;

/** Starts the service. */
public final class CdcConnectorApplication {
  private CdcConnectorApplication() {}

  /** Entry point. */
  public static void main(String[] args) {}
}
