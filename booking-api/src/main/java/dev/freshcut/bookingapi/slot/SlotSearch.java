package dev.freshcut.bookingapi.slot;

import dev.freshcut.bookingapi.coherence.Answers;
import dev.freshcut.bookingapi.coherence.View;
import dev.freshcut.bookingapi.slot.BookingPolicy.Booker;
import dev.freshcut.coherentcache.Answer;
import dev.freshcut.coherentcache.Consistency;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Searches for slots through the cache. What is cached is the location's terms, and each barber's
 * date whatever the service: an appointment evicts the one entry that it is in, and every search
 * that needs it shares the load. The slots are put together from these for each search.
 *
 * <p>The entries of one answer may be from different snapshots, as those of several dates would be.
 */
@Component
class SlotSearch {
  /** Entries that a search for the next slot asks for at most; then the database looks further. */
  private static final int MOST_ENTRIES = 1_000;

  private final View<Long, BookingTerms> terms;
  private final View<BarberDay, WorkingDay> days;
  private final SlotPages pages;

  SlotSearch(View<Long, BookingTerms> terms, View<BarberDay, WorkingDay> days, SlotPages pages) {
    this.terms = terms;
    this.days = days;
    this.pages = pages;
  }

  /** Each date's slots, from the query's to another. */
  Answer<List<SlotPage>> pages(SlotQuery query, LocalDate to, Consistency consistency) {
    if (consistency instanceof Consistency.Strong) {
      return View.fromDatabase(pages.load(query, to));
    }
    Search search = new Search(query, consistency);
    return search.answer(search.pages(query.date(), to));
  }

  /**
   * The first slot that can be booked now, if there is one up to the location's horizon. The search
   * begins at the first date that clients may book by the location's terms.
   */
  Answer<NextSlotView> next(
      SlotQuery query, Instant now, @Nullable ZoneId viewer, Consistency consistency) {
    Search search = new Search(query, consistency);
    BookingPolicy policy = search.terms.policy();
    LocalDate from = later(query.date(), policy.localDate(policy.earliest(now, Booker.CLIENT)));
    LocalDate last = policy.localDate(now).plusDays(policy.horizonDays());
    ZoneId zone = viewer == null ? policy.zone() : viewer;
    Optional<SlotsView.Slot> found = Optional.empty();
    int entries = 0;
    for (int dates = 1; found.isEmpty() && !from.isAfter(last); dates *= 2) {
      entries += dates * search.barbers.size();
      if (consistency instanceof Consistency.Strong || entries > MOST_ENTRIES) {
        found = search.pastTheCache(from, last, now).flatMap(page -> first(page, now, zone));
        break;
      }
      LocalDate to = Collections.min(List.of(from.plusDays(dates - 1L), last));
      found =
          search.pages(from, to).stream()
              .flatMap(page -> first(page, now, zone).stream())
              .findFirst();
      from = to.plusDays(1);
    }
    return search.answer(
        new NextSlotView(query.locationId(), policy.zone().getId(), found.orElse(null)));
  }

  private static Optional<SlotsView.Slot> first(SlotPage page, Instant now, ZoneId zone) {
    return SlotsView.slots(page, now, zone).findFirst();
  }

  private static LocalDate later(LocalDate one, LocalDate other) {
    return one.isAfter(other) ? one : other;
  }

  /** One search, and what it has been answered. */
  private final class Search {
    private final SlotQuery query;
    private final Consistency consistency;
    private final BookingTerms terms;
    private final ServiceTerms service;
    private final List<Long> barbers;
    private final List<Answer<?>> parts = new ArrayList<>();

    Search(SlotQuery query, Consistency consistency) {
      this.query = query;
      this.consistency = consistency;
      Answer<BookingTerms> found = SlotSearch.this.terms.get(query.locationId(), consistency);
      parts.add(found);
      this.terms = found.value();
      this.service = terms.service(query);
      this.barbers = terms.barbers(query);
    }

    List<SlotPage> pages(LocalDate from, LocalDate to) {
      List<LocalDate> dates = from.datesUntil(to.plusDays(1)).toList();
      List<BarberDay> wanted = new ArrayList<>(dates.size() * barbers.size());
      for (LocalDate date : dates) {
        for (long barber : barbers) {
          wanted.add(new BarberDay(query.locationId(), barber, date));
        }
      }
      List<Answer<WorkingDay>> answers = days.getAll(wanted, consistency);
      parts.addAll(answers);
      List<SlotPage> pages = new ArrayList<>(dates.size());
      for (int i = 0; i < dates.size(); i++) {
        int first = i * barbers.size();
        List<WorkingDay> ofDate =
            answers.subList(first, first + barbers.size()).stream().map(Answer::value).toList();
        pages.add(SlotPage.of(terms.policy(), dates.get(i), service, barbers, ofDate));
      }
      return pages;
    }

    /** The first date that has bookable slots, read from the database for this reader only. */
    Optional<SlotPage> pastTheCache(LocalDate from, LocalDate last, Instant now) {
      Answer<Optional<SlotPage>> page =
          new Answer<>(
              SlotSearch.this.pages.next(query.on(from), last, terms.policy(), service, now),
              new Answer.Source.Miss(Answer.Reason.ABSENT, false),
              Duration.ZERO,
              null);
      parts.add(page);
      return page.value();
    }

    <R> Answer<R> answer(R value) {
      return Answers.of(value, parts);
    }
  }
}
