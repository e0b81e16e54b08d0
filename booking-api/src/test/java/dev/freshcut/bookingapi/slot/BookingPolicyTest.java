package dev.freshcut.bookingapi.slot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshcut.bookingapi.slot.BookingPolicy.Booker;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class BookingPolicyTest {
  private static final Instant NOW = Instant.parse("2026-11-20T22:30:00Z"); // 23:30 in Paris
  private static final Refusal TOO_SOON = new Refusal.TooSoon(60);
  private static final Refusal TOO_FAR = new Refusal.TooFar(2);

  @Test
  void noticeIsCountedInElapsedTime() {
    assertThat(refusal(NOW.plusSeconds(3600), NOW)).isEmpty();
    assertThat(refusal(NOW.plusSeconds(3599), NOW)).contains(TOO_SOON);
    assertThat(refusal(NOW.minusSeconds(1), NOW)).contains(TOO_SOON);
  }

  @Test
  void horizonIsCountedInTheLocationsDays() {
    // Today is the 20th in Paris, so the 22nd is the last day there.
    assertThat(refusal(Instant.parse("2026-11-22T22:59:00Z"), NOW)).isEmpty();
    assertThat(refusal(Instant.parse("2026-11-22T23:00:00Z"), NOW)).contains(TOO_FAR);
    // Half an hour later it is the 21st there.
    assertThat(refusal(Instant.parse("2026-11-22T23:00:00Z"), NOW.plusSeconds(1800))).isEmpty();
  }

  @Test
  void cutOffIsByTheLocationsClockAndForItsTodayOnly() {
    BookingPolicy policy = policy(0, LocalTime.of(16, 0), 0);
    Instant evening = Instant.parse("2026-11-20T19:00:00Z"); // 20:00 in Paris
    Instant before = Instant.parse("2026-11-20T14:59:59Z");
    Instant from = Instant.parse("2026-11-20T15:00:00Z"); // 16:00 in Paris
    Refusal past = new Refusal.PastCutOff(LocalTime.of(16, 0));

    assertThat(policy.refusal(evening, before, Booker.CLIENT)).isEmpty();
    assertThat(policy.refusal(evening, from, Booker.CLIENT)).contains(past);
    assertThat(policy.refusal(Instant.parse("2026-11-20T23:00:00Z"), from, Booker.CLIENT))
        .isEmpty(); // midnight of the next day
    assertThat(policy.refusal(Instant.parse("2026-11-20T22:59:00Z"), from, Booker.CLIENT))
        .contains(past);
  }

  @Test
  void staffMayDoWithoutNoticeAndCutOffButNotBookThePast() {
    BookingPolicy policy = policy(60, LocalTime.of(16, 0), 0);

    assertThat(policy.refusal(NOW, NOW, Booker.STAFF)).isEmpty();
    assertThat(policy.refusal(NOW.minusSeconds(1), NOW, Booker.STAFF))
        .contains(new Refusal.TooSoon(0));
    assertThat(policy.refusal(NOW.plusSeconds(5 * 86400), NOW, Booker.STAFF)).contains(TOO_FAR);
  }

  @Test
  void clientsChangeAppointmentsBeforeTheWindow() {
    BookingPolicy policy = policy(0, null, 120);

    assertThat(policy.changeRefusal(NOW.plusSeconds(7200), NOW, Booker.CLIENT)).isEmpty();
    assertThat(policy.changeRefusal(NOW.plusSeconds(7199), NOW, Booker.CLIENT))
        .contains(new Refusal.WindowClosed(120));
    assertThat(policy.changeRefusal(NOW.plusSeconds(1), NOW, Booker.STAFF)).isEmpty();
    assertThat(policy.changeRefusal(NOW.minusSeconds(1), NOW, Booker.STAFF)).isEmpty();
  }

  private static Optional<Refusal> refusal(Instant start, Instant now) {
    return policy(60, null, 0).refusal(start, now, Booker.CLIENT);
  }

  private static BookingPolicy policy(int notice, @Nullable LocalTime cutOff, int window) {
    return new BookingPolicy(ZoneId.of("Europe/Paris"), 15, notice, 2, cutOff, window, false);
  }
}
