package dev.freshcut.coherentcache;

/**
 * Removes index members whose entries have expired, and tombstones that no fill can meet any more.
 */
public interface Sweeper {
  /**
   * Makes one small step of the sweep, resuming where the last one ended.
   *
   * @param horizon tombstones below this transaction id may go; their effect on late fills is kept
   *     by the tombstone of the family's scope
   * @return what was done
   * @throws CacheUnavailableException if Redis did not answer in time; what was being swept then
   *     waits for the next pass
   */
  Step step(long horizon);

  /**
   * One step of the sweep.
   *
   * @param members expired entries' index members removed
   * @param tombstones tombstones removed
   * @param wrapped whether the step ended a pass over all indexes
   */
  record Step(long members, long tombstones, boolean wrapped) {}
}
