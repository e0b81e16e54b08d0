package dev.freshcut.embeddedstack;

import java.io.IOException;

/**
 * Unpacks and starts programs, one at a time in this JVM. A process that is being started holds for
 * a moment every file that this JVM has open; if a program that is just being unpacked is among
 * them, running that program fails with "Text file busy".
 */
final class Programs {
  private Programs() {}

  static synchronized Process start(ProcessBuilder builder) throws IOException {
    // Returns when the process runs its own program, and has let go of this JVM's files.
    return builder.start();
  }

  interface Unpacking<T> {
    T unpack() throws IOException;
  }

  static synchronized <T> T unpack(Unpacking<T> unpacking) throws IOException {
    return unpacking.unpack();
  }
}
