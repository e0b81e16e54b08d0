package dev.freshcut.bookingapi.analytics;

import dev.freshcut.bookingapi.analytics.ShopRows.Appointment;
import dev.freshcut.bookingapi.analytics.ShopRows.Payment;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.time.temporal.IsoFields;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Every figure by loops over the rows, one after the other, as docs/analytics.md defines it. */
final class Reference extends ReferenceRows {
  private final ReferenceWork work;

  Reference(ShopRows shop) {
    super(shop);
    this.work = new ReferenceWork(shop);
  }

  Map<String, Object> revenue(LocalDate from, LocalDate to, String by) {
    List<Payment> all = payments(from, to);
    List<Object> totals = new ArrayList<>();
    for (String currency : currencies(all)) {
      List<Payment> paid = in(currency, all);
      List<Payment> taken = paid.stream().filter(each -> !each.refund()).toList();
      long tickets = taken.stream().map(Payment::appointment).distinct().count();
      long gross = sum(taken, Payment::net);
      Long ticket =
          tickets == 0
              ? null
              : new BigDecimal(gross)
                  .divide(new BigDecimal(tickets), 0, RoundingMode.HALF_UP)
                  .longValue();
      totals.add(
          with(
              object("currency", currency, "payments", taken.size(), "averageTicketMinor", ticket),
              sums(paid)));
    }
    Map<String, List<LocalDate>> cut = new LinkedHashMap<>();
    for (LocalDate day = from; !day.isAfter(to); day = day.plusDays(1)) {
      cut.computeIfAbsent(name(day, by), n -> new ArrayList<>()).add(day);
    }
    List<Object> periods = new ArrayList<>();
    cut.forEach(
        (name, days) -> {
          for (String currency : currencies(all)) {
            List<Payment> paid =
                in(currency, all).stream()
                    .filter(each -> each.paidAt() != null && days.contains(date(each.paidAt())))
                    .toList();
            periods.add(
                with(
                    object(
                        "period",
                        name,
                        "from",
                        days.getFirst().toString(),
                        "to",
                        days.getLast().toString(),
                        "currency",
                        currency),
                    sums(paid)));
          }
        });
    return with(
        head(from, to),
        "by",
        by,
        "totals",
        totals,
        "periods",
        periods,
        "services",
        shares(all, shop.services(), Appointment::service),
        "barbers",
        shares(all, shop.barbers(), Appointment::barber));
  }

  private static String name(LocalDate day, String by) {
    return switch (by) {
      case "day" -> day.toString();
      case "week" ->
          "%d-W%02d"
              .formatted(
                  day.get(IsoFields.WEEK_BASED_YEAR), day.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR));
      default -> day.toString().substring(0, 7);
    };
  }

  private List<Object> shares(
      List<Payment> all, Map<Long, String> names, ToLongFunction<Appointment> owner) {
    List<Object> shares = new ArrayList<>();
    for (String currency : currencies(all)) {
      record Share(long net, long id, Map<String, Object> json) {}
      List<Share> ofCurrency = new ArrayList<>();
      names.forEach(
          (id, name) -> {
            List<Payment> own =
                in(currency, all).stream()
                    .filter(each -> owner.applyAsLong(appointment(each)) == id)
                    .toList();
            if (!own.isEmpty()) {
              ofCurrency.add(
                  new Share(
                      sum(own, Payment::net),
                      id,
                      with(object("id", id, "name", name, "currency", currency), sums(own))));
            }
          });
      ofCurrency.sort(Comparator.comparingLong(Share::net).reversed().thenComparingLong(Share::id));
      ofCurrency.forEach(each -> shares.add(each.json()));
    }
    return shares;
  }

  Map<String, Object> clients(LocalDate from, LocalDate to, int within, LocalDate today) {
    Set<Long> here = visitors(from, to);
    long visits = appointments(from, to, Set.of("completed")).size();
    long noShows = appointments(from, to, Set.of("no_show")).size();
    long over = 0;
    long again = 0;
    for (long customer : here) {
      LocalDate first =
          visits(customer).stream().filter(each -> !each.isBefore(from)).findFirst().orElseThrow();
      if (first.plusDays(within).isBefore(today)) {
        over++;
        if (visits(customer).stream()
            .anyMatch(each -> within(each, first.plusDays(1), first.plusDays(within)))) {
          again++;
        }
      }
    }
    return with(
        head(from, to),
        "clients",
        here.size(),
        "newClients",
        newcomers(from, to),
        "returningClients",
        here.size() - newcomers(from, to),
        "visits",
        visits,
        "noShows",
        noShows,
        "noShowRate",
        share(noShows, noShows + visits),
        "retention",
        object(
            "withinDays", within, "clients", over, "returned", again, "rate", share(again, over)),
        "lifetimeValues",
        lifetimeValues(to));
  }

  private List<Object> lifetimeValues(LocalDate to) {
    List<Payment> all = payments(LocalDate.of(2000, 1, 1), to);
    List<Object> values = new ArrayList<>();
    for (String currency : currencies(all)) {
      record Value(long customer, long net, long appointments) {}
      Map<Long, List<Payment>> byCustomer =
          in(currency, all).stream()
              .collect(
                  Collectors.groupingBy(
                      each -> Objects.requireNonNull(appointment(each).customer())));
      byCustomer.entrySet().stream()
          .map(
              each ->
                  new Value(
                      each.getKey(),
                      sum(each.getValue(), Payment::net),
                      each.getValue().stream().map(Payment::appointment).distinct().count()))
          .sorted(
              Comparator.comparingLong(Value::net).reversed().thenComparingLong(Value::customer))
          .limit(10)
          .forEach(
              each ->
                  values.add(
                      object(
                          "currency",
                          currency,
                          "customerId",
                          each.customer(),
                          "appointments",
                          each.appointments(),
                          "netMinor",
                          each.net())));
    }
    return values;
  }

  Map<String, Object> services(LocalDate from, LocalDate to) {
    record Entry(long id, long bookings, Map<String, Object> json) {}
    long bookings = appointments(from, to, BOOKED).size();
    List<Payment> paid = payments(from, to);
    List<Entry> entries = new ArrayList<>();
    shop.services()
        .forEach(
            (id, name) -> {
              Predicate<Appointment> own = each -> each.service() == id;
              long booked = appointments(from, to, BOOKED).stream().filter(own).count();
              long cancelled =
                  appointments(from, to, Set.of("cancelled")).stream().filter(own).count();
              List<Payment> of = paid.stream().filter(each -> own.test(appointment(each))).toList();
              List<Object> revenue =
                  currencies(of).stream()
                      .<Object>map(
                          currency ->
                              object(
                                  "currency",
                                  currency,
                                  "netMinor",
                                  sum(in(currency, of), Payment::net)))
                      .toList();
              if (booked + cancelled > 0 || !of.isEmpty()) {
                entries.add(
                    new Entry(
                        id,
                        booked,
                        object(
                            "serviceId",
                            id,
                            "name",
                            name,
                            "bookings",
                            booked,
                            "share",
                            share(booked, bookings),
                            "completed",
                            appointments(from, to, Set.of("completed")).stream()
                                .filter(own)
                                .count(),
                            "noShows",
                            appointments(from, to, Set.of("no_show")).stream().filter(own).count(),
                            "cancelled",
                            cancelled,
                            "bookedMinutes",
                            appointments(from, to, TAKING_TIME).stream()
                                .filter(own)
                                .mapToLong(
                                    each -> ChronoUnit.MINUTES.between(each.starts(), each.ends()))
                                .sum(),
                            "revenue",
                            revenue)));
              }
            });
    entries.sort(Comparator.comparingLong(Entry::bookings).reversed().thenComparingLong(Entry::id));
    return with(head(from, to), "services", entries.stream().map(Entry::json).toList());
  }

  Map<String, Object> business(LocalDate from, LocalDate to) {
    Map<Long, long[]> worked = work.work(from, to);
    long working = worked.values().stream().mapToLong(each -> each[0]).sum();
    long booked = worked.values().stream().mapToLong(each -> each[1]).sum();
    List<Object> barbers = new ArrayList<>();
    worked.forEach(
        (id, time) ->
            barbers.add(
                object(
                    "barberId",
                    id,
                    "name",
                    shop.barbers().get(id),
                    "workingMinutes",
                    time[0],
                    "bookedMinutes",
                    time[1],
                    "occupancy",
                    share(time[1], time[0]))));
    Map<Integer, Long> hours = new TreeMap<>();
    for (Appointment each : appointments(from, to, BOOKED)) {
      var local = each.starts().atZone(shop.zone());
      hours.merge(local.getDayOfWeek().getValue() * 24 + local.getHour(), 1L, Long::sum);
    }
    List<Object> peaks = new ArrayList<>();
    hours.forEach(
        (key, count) ->
            peaks.add(object("weekday", key / 24, "hour", key % 24, "bookings", count)));
    return with(
        head(from, to),
        "workingMinutes",
        working,
        "bookedMinutes",
        booked,
        "occupancy",
        share(booked, working),
        "barbers",
        barbers,
        "peakHours",
        peaks,
        "scores",
        scores(from, to, booked, working));
  }

  private List<Object> scores(LocalDate from, LocalDate to, long booked, long working) {
    LocalDate before = from.minusDays(ChronoUnit.DAYS.between(from, to) + 1);
    List<Payment> paid = payments(before, to);
    String currency =
        currencies(paid).stream()
            .min(
                Comparator.comparingLong(
                        (String each) ->
                            -in(each, paid).stream().filter(one -> !one.refund()).count())
                    .thenComparing(each -> each))
            .orElse(null);
    long now = currency == null ? 0 : sum(in(currency, payments(from, to)), Payment::net);
    long then =
        currency == null ? 0 : sum(in(currency, payments(before, from.minusDays(1))), Payment::net);
    Set<Long> here = visitors(from, to);
    Set<Long> earlier = visitors(before, from.minusDays(1));
    long again = earlier.stream().filter(here::contains).count();
    long completed = appointments(from, to, Set.of("completed")).size();
    long missed = appointments(from, to, Set.of("no_show")).size();
    return List.of(
        score("revenue-pace", 50, now, then, currency),
        score("retention", 100, again, earlier.size(), null),
        score("occupancy", 100, booked, working, null),
        score("reliability", 100, completed, completed + missed, null),
        score("growth", 50, here.size(), earlier.size(), null));
  }

  private static Map<String, Object> score(
      String name, long factor, long numerator, long denominator, @Nullable String currency) {
    Integer score =
        denominator <= 0
            ? null
            : new BigDecimal(factor * numerator)
                .divide(new BigDecimal(denominator), 0, RoundingMode.HALF_UP)
                .max(BigDecimal.ZERO)
                .min(new BigDecimal(100))
                .intValue();
    return object(
        "name",
        name,
        "score",
        score,
        "numerator",
        numerator,
        "denominator",
        denominator,
        "currency",
        currency);
  }

  Map<String, Object> dashboard(LocalDate today) {
    LocalDate monday = today.minusDays(today.getDayOfWeek().getValue() - 1L);
    return object(
        "locationId",
        shop.id(),
        "timeZone",
        shop.zone().getId(),
        "today",
        figures(today, today),
        "yesterday",
        figures(today.minusDays(1), today.minusDays(1)),
        "thisWeek",
        figures(monday, today),
        "lastWeek",
        figures(monday.minusDays(7), today.minusDays(7)));
  }

  private Map<String, Object> figures(LocalDate from, LocalDate to) {
    List<Payment> paid = payments(from, to);
    long completed = appointments(from, to, Set.of("completed")).size();
    long missed = appointments(from, to, Set.of("no_show")).size();
    Map<Long, long[]> worked = work.work(from, to);
    return object(
        "from",
        from.toString(),
        "to",
        to.toString(),
        "bookings",
        appointments(from, to, BOOKED).size(),
        "newClients",
        newcomers(from, to),
        "noShowRate",
        share(missed, completed + missed),
        "occupancy",
        share(
            worked.values().stream().mapToLong(each -> each[1]).sum(),
            worked.values().stream().mapToLong(each -> each[0]).sum()),
        "revenue",
        currencies(paid).stream()
            .<Object>map(
                currency ->
                    object(
                        "currency",
                        currency,
                        "netMinor",
                        sum(in(currency, paid), Payment::net),
                        "tipsMinor",
                        sum(in(currency, paid), each -> each.refund() ? -each.tip() : each.tip())))
            .toList());
  }
}
