package dev.freshcut.bookingapi.slot;

import dev.freshcut.bookingapi.coherence.Answers;
import dev.freshcut.bookingapi.coherence.View;
import dev.freshcut.coherentcache.Answer;
import dev.freshcut.coherentcache.Consistency;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Looks for the first slot that can be booked now. What is cached knows no clock, so its first slot
 * may be too soon; then the search goes on at the next date that can be booked. It begins at the
 * first that clients may book by the location's settings.
 */
@Component
class NextSlotSearch {
  private final View<SlotQuery, NextSlotPage> view;
  private final View<Long, BookingPolicy> settings;

  NextSlotSearch(View<SlotQuery, NextSlotPage> view, View<Long, BookingPolicy> settings) {
    this.view = view;
    this.settings = settings;
  }

  Answer<NextSlotView> search(
      SlotQuery query, Instant now, @Nullable ZoneId viewer, Consistency consistency) {
    List<Answer<NextSlotPage>> answers = new ArrayList<>();
    LocalDate date =
        later(query.date(), earliest(settings.get(query.locationId(), consistency).value(), now));
    while (true) {
      Answer<NextSlotPage> answer = view.get(query.on(date), consistency);
      answers.add(answer);
      SlotPage page = answer.value().page();
      BookingPolicy policy = page.policy();
      ZoneId zone = viewer == null ? policy.zone() : viewer;
      Optional<SlotsView.Slot> slot = SlotsView.slots(page, now, zone).findFirst();
      date = later(answer.value().date().plusDays(1), earliest(policy, now));
      LocalDate horizon = policy.localDate(now).plusDays(policy.horizonDays());
      if (slot.isPresent() || date.isAfter(horizon)) {
        return Answers.combine(
            answers,
            pages ->
                new NextSlotView(query.locationId(), policy.zone().getId(), slot.orElse(null)));
      }
    }
  }

  private static LocalDate earliest(BookingPolicy policy, Instant now) {
    return policy.localDate(now.plus(Duration.ofMinutes(policy.minimumNoticeMinutes())));
  }

  private static LocalDate later(LocalDate one, LocalDate other) {
    return one.isAfter(other) ? one : other;
  }
}
