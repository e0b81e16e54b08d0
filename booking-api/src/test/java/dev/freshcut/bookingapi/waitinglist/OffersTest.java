package dev.freshcut.bookingapi.waitinglist;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshcut.bookingapi.waitinglist.SignalTable.Signal;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class OffersTest {
  private static final LocalDate TODAY = LocalDate.of(2026, 3, 10);
  private static final LocalDate HORIZON = TODAY.plusDays(20);

  @Test
  void nothingIsSearchedThatCannotBeBooked() {
    List<EntryRow> waiting =
        List.of(
            entry(1, TODAY.minusDays(9), TODAY.plusDays(1)),
            entry(2, HORIZON.minusDays(1), HORIZON.plusDays(30)),
            entry(3, HORIZON.plusDays(1), HORIZON.plusDays(2)),
            entry(4, TODAY.minusDays(3), TODAY.minusDays(1)));

    assertThat(Offers.dates(waiting, List.of(new Signal(1, null)), TODAY, HORIZON))
        .isEqualTo(
            Map.of(
                1L, dates(TODAY, TODAY.plusDays(1)),
                2L, dates(HORIZON.minusDays(1), HORIZON),
                3L, dates(),
                4L, dates()));
  }

  @Test
  void signalsSayWhichDates() {
    List<EntryRow> waiting = List.of(entry(1, TODAY.minusDays(9), HORIZON.plusDays(9)));
    List<Signal> signals =
        List.of(
            new Signal(1, TODAY.minusDays(1)),
            new Signal(2, TODAY),
            new Signal(3, HORIZON),
            new Signal(4, HORIZON.plusDays(1)));

    assertThat(Offers.dates(waiting, signals, TODAY, HORIZON))
        .isEqualTo(Map.of(1L, dates(TODAY, HORIZON)));
  }

  private static Set<LocalDate> dates(LocalDate... dates) {
    return new TreeSet<>(List.of(dates));
  }

  private static EntryRow entry(long service, LocalDate first, LocalDate last) {
    return new EntryRow(
        1,
        1,
        null,
        service,
        1,
        null,
        first,
        last,
        null,
        null,
        State.WAITING,
        null,
        null,
        1,
        ZoneOffset.UTC);
  }
}
