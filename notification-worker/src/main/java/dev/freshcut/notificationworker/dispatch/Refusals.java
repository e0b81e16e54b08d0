package dev.freshcut.notificationworker.dispatch;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Whether it is one message that the provider has enough of, though it says so of itself: a server
 * that cannot verify one mailbox answers as one that has no room. After {@link #PATIENCE} refusals
 * of a message between which others were taken, its further ones are its own. Safe for use by many
 * threads.
 */
final class Refusals {
  /** So many are taken for the provider's. */
  static final int PATIENCE = 3;

  private static final int MOST = 1_000;

  private long taken;

  /** Those refused last: more are there only where everything is refused. */
  private final Map<String, Refused> byId =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Refused> eldest) {
          return size() > MOST;
        }
      };

  /**
   * A message was refused for what all would be.
   *
   * @return whether it is this message's failure all the same
   */
  synchronized boolean refused(String id) {
    Refused before = byId.get(id);
    boolean alone = before != null && before.taken < taken;
    int times = before == null ? 1 : alone ? before.times + 1 : before.times;
    byId.put(id, new Refused(times, taken));
    return alone && times > PATIENCE;
  }

  /** The provider took a message. */
  synchronized void taken(String id) {
    taken++;
    byId.remove(id);
  }

  /**
   * Of one message.
   *
   * @param times refused, those in a row without another taken as one
   * @param taken messages until the last time
   */
  private record Refused(int times, long taken) {}
}
