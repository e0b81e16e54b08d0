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

  /**
   * One answer of several: a hit if all of them were, else from where the first other one was; as
   * old as the oldest, and alive as long as the first to end.
   *
   * @param parts at least one
   */
  public static <P, R> Answer<R> combine(
      List<Answer<P>> parts, Function<? super List<P>, ? extends R> value) {
    List<P> values = new ArrayList<>();
    Source source = new Source.Hit();
    Duration age = Duration.ZERO;
    Duration ttl = null;
    for (Answer<P> part : parts) {
      values.add(part.value());
      if (source instanceof Source.Hit) {
        source = part.source();
      }
      if (part.age().compareTo(age) > 0) {
        age = part.age();
      }
      if (part.ttl() != null && (ttl == null || part.ttl().compareTo(ttl) < 0)) {
        ttl = part.ttl();
      }
    }
    R whole = value.apply(values);
    return source instanceof Source.Hit
        ? new Answer<>(whole, source, age, ttl)
        : new Answer<>(whole, source, Duration.ZERO, null);
  }
}
