package dev.freshcut.coherentcache.protocol;

import java.util.Arrays;

/**
 * The states seen so far, numbered in the order of their discovery, each with the one that it was
 * discovered from. States are compared byte by byte, not by hash alone.
 */
final class StateSet {
  private static final int CHUNK_BITS = 14;
  private static final int CHUNK = 1 << CHUNK_BITS;

  private final int width;
  private byte[][] chunks = new byte[64][];
  private int[] parents = new int[1 << 12];
  private int[] table = new int[1 << 13];
  private int size;

  StateSet(int width) {
    this.width = width;
  }

  int size() {
    return size;
  }

  /** Adds a state unless it is there; returns whether it was added. */
  boolean add(byte[] state, int parent) {
    int mask = table.length - 1;
    int slot = mix(Arrays.hashCode(state)) & mask;
    while (table[slot] != 0) {
      if (holds(table[slot] - 1, state)) {
        return false;
      }
      slot = (slot + 1) & mask;
    }
    table[slot] = store(state, parent) + 1;
    if (size * 2 > table.length) {
      grow();
    }
    return true;
  }

  byte[] get(int number) {
    byte[] chunk = chunks[number >> CHUNK_BITS];
    int from = (number & (CHUNK - 1)) * width;
    return Arrays.copyOfRange(chunk, from, from + width);
  }

  /** The number of the state that a state was discovered from; -1 for the first. */
  int parent(int number) {
    return parents[number];
  }

  private boolean holds(int number, byte[] state) {
    byte[] chunk = chunks[number >> CHUNK_BITS];
    int from = (number & (CHUNK - 1)) * width;
    return Arrays.equals(chunk, from, from + width, state, 0, width);
  }

  private int store(byte[] state, int parent) {
    int number = size++;
    int chunk = number >> CHUNK_BITS;
    if (chunk == chunks.length) {
      chunks = Arrays.copyOf(chunks, chunk * 2);
    }
    if (chunks[chunk] == null) {
      chunks[chunk] = new byte[CHUNK * width];
    }
    System.arraycopy(state, 0, chunks[chunk], (number & (CHUNK - 1)) * width, width);
    if (number == parents.length) {
      parents = Arrays.copyOf(parents, number * 2);
    }
    parents[number] = parent;
    return number;
  }

  private void grow() {
    table = new int[table.length * 2];
    int mask = table.length - 1;
    for (int number = 0; number < size; number++) {
      int slot = mix(Arrays.hashCode(get(number))) & mask;
      while (table[slot] != 0) {
        slot = (slot + 1) & mask;
      }
      table[slot] = number + 1;
    }
  }

  private static int mix(int hash) {
    int mixed = hash * 0x9E3779B9;
    return mixed ^ mixed >>> 15;
  }
}
