package dev.freshcut.coherentcache;

import java.util.Map;

/**
 * How far the source of evictions has been worked through; stored beside the entries, so that a
 * Redis that comes back from an older state comes back with its older progress too.
 *
 * @param positions opaque names and positions, such as a topic's partition and an offset; those
 *     that are not named keep their value
 */
public record Progress(Map<String, String> positions) {
  /** Records nothing. */
  public static final Progress NONE = new Progress(Map.of());

  public Progress {
    positions = Map.copyOf(positions);
  }
}
