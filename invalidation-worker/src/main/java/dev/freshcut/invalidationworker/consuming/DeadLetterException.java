package dev.freshcut.invalidationworker.consuming;

/** The brokers have not acknowledged a dead letter in time. */
final class DeadLetterException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  DeadLetterException(String topic, Throwable cause) {
    super("topic " + topic + " does not take a dead letter: " + cause.getMessage(), cause);
  }
}
