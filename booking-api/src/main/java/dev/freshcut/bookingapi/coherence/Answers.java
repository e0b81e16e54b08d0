package dev.freshcut.bookingapi.coherence;

import dev.freshcut.coherentcache.Answer;
import dev.freshcut.coherentcache.Answer.Source;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Answers that are put together from several. */
public final class Answers {
  private Answers() {}

  /** One answer of several that are alike: {@link #of} their values. */
  public static <P, R> Answer<R> combine(
      List<Answer<P>> parts, Function<? super List<P>, ? extends R> value) {
    List<P> values = new ArrayList<>(parts.size());
    for (Answer<P> part : parts) {
      values.add(part.value());
    }
    return of(value.apply(values), parts);
  }

  /**
   * One answer of several: a hit if all of them were, else from where the first other one was; as
   * old as the oldest, and alive as long as the first to end.
   *
   * @param parts at least one
   */
  public static <R> Answer<R> of(R value, List<? extends Answer<?>> parts) {
    Duration age = Duration.ZERO;
    Duration ttl = null;
    for (Answer<?> part : parts) {
      if (!(part.source() instanceof Source.Hit)) {
        return new Answer<>(value, part.source(), Duration.ZERO, null);
      }
      if (part.age().compareTo(age) > 0) {
        age = part.age();
      }
      if (part.ttl() != null && (ttl == null || part.ttl().compareTo(ttl) < 0)) {
        ttl = part.ttl();
      }
    }
    return new Answer<>(value, new Source.Hit(), age, ttl);
  }
}
