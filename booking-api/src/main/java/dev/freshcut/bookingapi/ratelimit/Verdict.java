package dev.freshcut.bookingapi.ratelimit;

import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.VerboseResult;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/**
 * Whether a request may be made, and what is left of the quota.
 *
 * @param remaining requests, of each of the quota's windows
 * @param pause until the next request may be made; zero for a request that may
 */
record Verdict(boolean allowed, List<Long> remaining, Duration pause) {
  Verdict {
    remaining = List.copyOf(remaining);
  }

  /** A request that may not be made before the pause is over. */
  static Verdict refused(Quota quota, Duration pause) {
    return new Verdict(false, quota.windows().stream().map(window -> 0L).toList(), pause);
  }

  static Verdict of(VerboseResult<ConsumptionProbe> result) {
    ConsumptionProbe probe = result.getValue();
    return new Verdict(
        probe.isConsumed(),
        Arrays.stream(result.getDiagnostics().getAvailableTokensPerEachBandwidth())
            .boxed()
            .toList(),
        Duration.ofNanos(probe.isConsumed() ? 0 : probe.getNanosToWaitForRefill()));
  }
}
