package dev.freshcut.coherentcache;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How far the source of evictions has been worked through; stored beside the entries, so that a
 * Redis that comes back from an older state comes back with its older progress too.
 *
 * @param positions opaque names and positions, such as a topic's partition and an offset; those
 *     that are not named keep their value, an empty value removes the name
 * @param expected what Redis must hold for the progress to be recorded; an empty value stands for
 *     none
 * @param watermark stored with the positions unless null
 */
public record Progress(
    Map<String, String> positions, Map<String, String> expected, @Nullable Watermark watermark) {
  /** Records nothing. */
  public static final Progress NONE = new Progress(Map.of(), Map.of(), null);

  public Progress {
    positions = Map.copyOf(positions);
    expected = Map.copyOf(expected);
  }

  /** Positions, whatever Redis held before. */
  public static Progress of(Map<String, String> positions) {
    return new Progress(positions, Map.of(), null);
  }

  /** This progress, recorded only if Redis holds the expected positions. */
  public Progress expecting(Map<String, String> positionsHeld) {
    return new Progress(positions, positionsHeld, watermark);
  }

  /** This progress, and a watermark with it. */
  public Progress withWatermark(Watermark newest) {
    return new Progress(positions, expected, newest);
  }
}
