package dev.freshcut.bookingapi.slot;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Random schedules against {@link ReferenceCase}. {@link ReferenceIT} does it with a database. */
class ReferenceTest {
  private static final int ROUNDS = 4_000;

  @Test
  void searchAgreesWithTheReference() {
    long seed = Long.getLong("seed", new Random().nextLong());
    System.getLogger("test")
        .log(System.Logger.Level.INFO, "reference: -Dseed={0}", Long.toString(seed));
    Random random = new Random(seed);
    int slots = 0;
    for (int round = 0; round < ROUNDS; round++) {
      ReferenceCase one = ReferenceCase.random(random);
      DayPlan plan = one.calendar().day(1, one.date());
      List<Instant> found = ReferenceCase.starts(plan, one.terms(), one.step());

      assertThat(found).as("seed %d round %d: %s", seed, round, one).isEqualTo(one.starts());
      slots += found.size();
      for (Instant start : one.someMinutes(random)) {
        assertThat(plan.refusal(one.terms(), start).isEmpty())
            .as("seed %d round %d at %s: %s", seed, round, start, one)
            .isEqualTo(one.isFree(start));
      }
    }
    assertThat(slots).as("slots in all").isGreaterThan(ROUNDS);
  }
}
