package dev.freshcut.bookingapi.analytics;

import dev.freshcut.bookingapi.analytics.ShopRows.Appointment;
import dev.freshcut.bookingapi.analytics.ShopRows.Payment;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.temporal.ChronoUnit;
import java.time.temporal.IsoFields;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Every figure by loops over the rows, one after the other, as docs/analytics.md defines it. Time
 * is counted minute by minute.
 */
final class Reference {
  private static final Set<String> BOOKED = Set.of("pending", "confirmed", "completed", "no_show");
  private static final Set<String> TAKING_TIME = Set.of("pending", "confirmed", "completed");

  private final ShopRows shop;
  private final Map<LocalDate, List<long[]>> work = new TreeMap<>();

  Reference(ShopRows shop) {
    this.shop = shop;
  }

  private LocalDate date(Instant instant) {
    return LocalDate.ofInstant(instant, shop.zone());
  }

  private static boolean within(LocalDate date, LocalDate from, LocalDate to) {
    return !date.isBefore(from) && !date.isAfter(to);
  }

  private List<Appointment> appointments(
      LocalDate from, LocalDate to, Collection<String> statuses) {
    return shop.appointments().stream()
        .filter(each -> within(date(each.starts()), from, to))
        .filter(each -> statuses.contains(each.status()))
        .toList();
  }

  private List<Payment> payments(LocalDate from, LocalDate to) {
    return shop.payments().stream()
        .filter(each -> each.status().equals("settled"))
        .filter(each -> each.paidAt() != null && within(date(each.paidAt()), from, to))
        .toList();
  }

  private Appointment appointment(Payment payment) {
    return shop.appointments().stream()
        .filter(each -> each.id() == payment.appointment())
        .findFirst()
        .orElseThrow();
  }

  private static @Nullable BigDecimal share(long part, long whole) {
    return whole == 0
        ? null
        : new BigDecimal(part).divide(new BigDecimal(whole), 4, RoundingMode.HALF_UP);
  }

  /** Without the members that are null. */
  private static Map<String, Object> object(@Nullable Object... members) {
    Map<String, Object> object = new LinkedHashMap<>();
    for (int i = 0; i < members.length; i += 2) {
      Object value = members[i + 1];
      if (value != null) {
        object.put(String.valueOf(members[i]), value);
      }
    }
    return object;
  }

  private static Set<String> currencies(List<Payment> payments) {
    return payments.stream().map(Payment::currency).collect(Collectors.toCollection(TreeSet::new));
  }

  private static List<Payment> in(String currency, List<Payment> payments) {
    return payments.stream().filter(each -> each.currency().equals(currency)).toList();
  }

  private static long sum(List<Payment> payments, ToLongFunction<Payment> amount) {
    return payments.stream().mapToLong(amount).sum();
  }

  private static @Nullable Object[] sums(List<Payment> payments) {
    long gross = sum(payments, each -> each.refund() ? 0 : each.amount() - each.tip());
    long refunded = sum(payments, each -> each.refund() ? each.amount() - each.tip() : 0);
    long tips = sum(payments, each -> each.refund() ? -each.tip() : each.tip());
    return new @Nullable Object[] {
      "grossMinor",
      gross,
      "refundedMinor",
      refunded,
      "netMinor",
      gross - refunded,
      "tipsMinor",
      tips
    };
  }

  private static Map<String, Object> with(Map<String, Object> object, @Nullable Object... members) {
    object.putAll(object(members));
    return object;
  }

  private Map<String, Object> head(LocalDate from, LocalDate to) {
    return object(
        "locationId",
        shop.id(),
        "timeZone",
        shop.zone().getId(),
        "from",
        from.toString(),
        "to",
        to.toString());
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

  private List<LocalDate> visits(long customer) {
    return shop.appointments().stream()
        .filter(each -> each.status().equals("completed"))
        .filter(each -> each.customer() != null && each.customer() == customer)
        .map(each -> date(each.starts()))
        .sorted()
        .toList();
  }

  private Set<Long> visitors(LocalDate from, LocalDate to) {
    Set<Long> visitors = new TreeSet<>();
    for (Appointment each : appointments(from, to, Set.of("completed"))) {
      if (each.customer() != null) {
        visitors.add(each.customer());
      }
    }
    return visitors;
  }

  private long newcomers(LocalDate from, LocalDate to) {
    return visitors(from, to).stream()
        .filter(each -> !visits(each).getFirst().isBefore(from))
        .count();
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

  /** Barber, minutes of work, minutes of these that are booked. */
  private List<long[]> work(LocalDate date) {
    return work.computeIfAbsent(
        date,
        day -> {
          List<long[]> all = new ArrayList<>();
          for (long barber : shop.activeBarbers()) {
            all.add(count(barber, day));
          }
          return all;
        });
  }

  private long[] count(long barber, LocalDate day) {
    Instant begin = day.atStartOfDay(shop.zone()).toInstant();
    Instant end = day.plusDays(1).atStartOfDay(shop.zone()).toInstant();
    List<Instant> minutes = new ArrayList<>();
    for (Instant at = begin; at.isBefore(end); at = at.plus(1, ChronoUnit.MINUTES)) {
      minutes.add(at);
    }
    Set<Instant> working = new HashSet<>();
    ShopRows.Special special = shop.special().get(day);
    for (ShopRows.Hours hours : shop.hours()) {
      if (hours.barber() != barber || hours.weekday() != day.getDayOfWeek().getValue()) {
        continue;
      }
      int opens = hours.opens().toSecondOfDay() / 60;
      int closes = hours.closesMinute();
      if (special != null) {
        if (special.opens() == null) {
          continue;
        }
        opens = Math.max(opens, special.opens().toSecondOfDay() / 60);
        closes = Math.min(closes, special.closesMinute());
      }
      if (opens < closes) {
        working.addAll(
            minutes.subList(firstShowing(minutes, opens), firstShowing(minutes, closes)));
      }
    }
    for (ShopRows.Absence away : shop.absences()) {
      if (away.barber() == null || away.barber() == barber) {
        working.removeIf(at -> !at.isBefore(away.from()) && at.isBefore(away.until()));
      }
    }
    long booked =
        working.stream()
            .filter(
                at ->
                    appointments(day, day, TAKING_TIME).stream()
                        .anyMatch(
                            each ->
                                each.barber() == barber
                                    && !at.isBefore(each.starts())
                                    && at.isBefore(each.ends())))
            .count();
    return new long[] {barber, working.size(), booked};
  }

  /** The first minute at which the clock on the wall shows this one or a later. */
  private int firstShowing(List<Instant> minutes, int minuteOfDay) {
    for (int i = 0; i < minutes.size(); i++) {
      if (LocalTime.ofInstant(minutes.get(i), shop.zone()).toSecondOfDay() / 60 >= minuteOfDay) {
        return i;
      }
    }
    return minutes.size();
  }

  private Map<Long, long[]> work(LocalDate from, LocalDate to) {
    Map<Long, long[]> sums = new TreeMap<>();
    from.datesUntil(to.plusDays(1))
        .forEach(
            day ->
                work(day)
                    .forEach(
                        each -> {
                          long[] sum = sums.computeIfAbsent(each[0], b -> new long[2]);
                          sum[0] += each[1];
                          sum[1] += each[2];
                        }));
    return sums;
  }

  Map<String, Object> business(LocalDate from, LocalDate to) {
    Map<Long, long[]> work = work(from, to);
    long working = work.values().stream().mapToLong(each -> each[0]).sum();
    long booked = work.values().stream().mapToLong(each -> each[1]).sum();
    List<Object> barbers = new ArrayList<>();
    work.forEach(
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
    Map<Long, long[]> work = work(from, to);
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
            work.values().stream().mapToLong(each -> each[1]).sum(),
            work.values().stream().mapToLong(each -> each[0]).sum()),
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
