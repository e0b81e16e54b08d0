package dev.freshcut.notificationworker.dispatch;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Whether it is one message that the provider has enough of, though it says so of itself: a server
 * that cannot verify one mailbox answers as one that has no room. A refusal since whose predecessor
 * {@link #OTHERS} times as many messages were taken as refused is suspicious, and after {@link
 * #PATIENCE} such the further ones are the message's own. A provider that limits its rate refuses
 * many, and nothing of that may count: it would lose messages. Safe for use by many threads.
 */
final class Refusals {
  /** So many are taken for the provider's. */
  static final int PATIENCE = 3;

  /** So many are taken for each that is refused where the provider is well. */
  static final int OTHERS = 5;

  private static final int MOST = 1_000;

  private long taken;
  private long refusals;

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
    refusals++;
    Refused before = byId.get(id);
    boolean alone = before != null && taken - before.taken >= OTHERS * (refusals - before.refusals);
    int times = before == null ? 1 : alone ? before.times + 1 : before.times;
    byId.put(id, new Refused(times, taken, refusals));
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
   * @param times refused suspiciously, and the first time
   * @param taken messages until the last time
   * @param refusals of all messages until the last time
   */
  private record Refused(int times, long taken, long refusals) {}
}
