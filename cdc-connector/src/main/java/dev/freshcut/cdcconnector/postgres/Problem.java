package dev.freshcut.cdcconnector.postgres;

/**
 * Something in the database or in Kafka that has to be mended before changes can be captured.
 *
 * @param thing what is wrong
 * @param reason how, and what follows
 * @param mend the statement or setting that mends it
 */
public record Problem(String thing, String reason, String mend) {
  @Override
  public String toString() {
    return thing + " " + reason + ". Mend: " + mend;
  }
}
