package dev.freshcut.coherentcache.protocol;

import java.util.Arrays;

/** One state of the world: a row of small numbers, found through the {@link Layout}. */
final class State {
  final Layout at;
  final byte[] bytes;

  State(Layout at, byte[] bytes) {
    this.at = at;
    this.bytes = bytes;
  }

  State copy() {
    return new State(at, bytes.clone());
  }

  int get(int place) {
    return bytes[place];
  }

  void set(int place, int value) {
    bytes[place] = (byte) value;
  }

  void raise(int place, int value) {
    if (bytes[place] < value) {
      bytes[place] = (byte) value;
    }
  }

  int get(int reader, Layout.Reader variable) {
    return bytes[at.reader(reader, variable)];
  }

  void set(int reader, Layout.Reader variable, int value) {
    bytes[at.reader(reader, variable)] = (byte) value;
  }

  int get(Layout.Worker variable) {
    return bytes[at.worker(variable)];
  }

  void set(Layout.Worker variable, int value) {
    bytes[at.worker(variable)] = (byte) value;
  }

  /** Whether two states hold the same entries. */
  boolean sameEntries(State other) {
    int from = at.entryFloor(0);
    int to = at.highest(0);
    return Arrays.equals(bytes, from, to, other.bytes, from, to);
  }
}
