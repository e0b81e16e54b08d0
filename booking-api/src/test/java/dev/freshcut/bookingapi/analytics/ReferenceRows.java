package dev.freshcut.bookingapi.analytics;

import dev.freshcut.bookingapi.analytics.ShopRows.Appointment;
import dev.freshcut.bookingapi.analytics.ShopRows.Payment;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Rows of some dates, and answers put together by hand. */
abstract class ReferenceRows {
  static final Set<String> BOOKED = Set.of("pending", "confirmed", "completed", "no_show");
  static final Set<String> TAKING_TIME = Set.of("pending", "confirmed", "completed");

  final ShopRows shop;

  ReferenceRows(ShopRows shop) {
    this.shop = shop;
  }

  LocalDate date(Instant instant) {
    return LocalDate.ofInstant(instant, shop.zone());
  }

  static boolean within(LocalDate date, LocalDate from, LocalDate to) {
    return !date.isBefore(from) && !date.isAfter(to);
  }

  List<Appointment> appointments(LocalDate from, LocalDate to, Collection<String> statuses) {
    return shop.appointments().stream()
        .filter(each -> within(date(each.starts()), from, to))
        .filter(each -> statuses.contains(each.status()))
        .toList();
  }

  List<Payment> payments(LocalDate from, LocalDate to) {
    return shop.payments().stream()
        .filter(each -> each.status().equals("settled"))
        .filter(each -> each.paidAt() != null && within(date(each.paidAt()), from, to))
        .toList();
  }

  Appointment appointment(Payment payment) {
    return shop.appointments().stream()
        .filter(each -> each.id() == payment.appointment())
        .findFirst()
        .orElseThrow();
  }

  static @Nullable BigDecimal share(long part, long whole) {
    return whole == 0
        ? null
        : new BigDecimal(part).divide(new BigDecimal(whole), 4, RoundingMode.HALF_UP);
  }

  /** Without the members that are null. */
  static Map<String, Object> object(@Nullable Object... members) {
    Map<String, Object> object = new LinkedHashMap<>();
    for (int i = 0; i < members.length; i += 2) {
      Object value = members[i + 1];
      if (value != null) {
        object.put(String.valueOf(members[i]), value);
      }
    }
    return object;
  }

  static Set<String> currencies(List<Payment> payments) {
    return payments.stream().map(Payment::currency).collect(Collectors.toCollection(TreeSet::new));
  }

  static List<Payment> in(String currency, List<Payment> payments) {
    return payments.stream().filter(each -> each.currency().equals(currency)).toList();
  }

  static long sum(List<Payment> payments, ToLongFunction<Payment> amount) {
    return payments.stream().mapToLong(amount).sum();
  }

  static @Nullable Object[] sums(List<Payment> payments) {
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

  static Map<String, Object> with(Map<String, Object> object, @Nullable Object... members) {
    object.putAll(object(members));
    return object;
  }

  Map<String, Object> head(LocalDate from, LocalDate to) {
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

  List<LocalDate> visits(long customer) {
    return shop.appointments().stream()
        .filter(each -> each.status().equals("completed"))
        .filter(each -> each.customer() != null && each.customer() == customer)
        .map(each -> date(each.starts()))
        .sorted()
        .toList();
  }

  Set<Long> visitors(LocalDate from, LocalDate to) {
    Set<Long> visitors = new TreeSet<>();
    for (Appointment each : appointments(from, to, Set.of("completed"))) {
      if (each.customer() != null) {
        visitors.add(each.customer());
      }
    }
    return visitors;
  }

  long newcomers(LocalDate from, LocalDate to) {
    return visitors(from, to).stream()
        .filter(each -> !visits(each).getFirst().isBefore(from))
        .count();
  }
}
