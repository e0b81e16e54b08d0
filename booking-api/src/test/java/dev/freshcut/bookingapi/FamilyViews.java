package dev.freshcut.bookingapi;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Requests for entries of each family of the model. */
final class FamilyViews {
  private final ApiFixture api;
  private final Shop shop;
  private final Map<String, List<View>> families = new TreeMap<>();

  /**
   * @param staff somebody of the shop's
   * @param today of the service's clock
   * @param day of the shop's appointments to come
   */
  FamilyViews(
      ApiFixture api, Shop shop, long shave, TestUser staff, LocalDate today, LocalDate day) {
    this.api = api;
    this.shop = shop;
    String location = "/api/v1/locations/" + shop.id();
    add("user", "/api/v1/me", staff.token());
    for (String family : List.of("services", "barbers", "business-hours", "booking-settings")) {
      add(family, location + "/" + family);
    }
    figures(location + "/analytics", today, day);
    for (long barber : List.of(shop.anna(), shop.ben())) {
      String path = location + "/barbers/" + barber;
      add("barber-availability", path + "/availability");
      for (LocalDate date : List.of(day, day.plusDays(1))) {
        add("barber-schedule", path + "/schedule?from=" + date + "&to=" + date);
        add("conflicts", path + "/conflicts?date=" + date);
      }
      add("barber-schedule", path + "/schedule?from=" + day + "&to=" + day.plusDays(1));
    }
    for (Object barber : List.of("any", shop.anna(), shop.ben())) {
      // From a date on which nobody of the shop works: it is found on the next.
      add("slots", shop.slots(day.plusDays(2), barber).replace("/slots?", "/next-slot?"));
      for (long service : List.of(shop.cut(), shave)) {
        for (LocalDate date : List.of(day, day.plusDays(1))) {
          String slots =
              shop.slots(date, barber).replace("service=" + shop.cut(), "service=" + service);
          add("slots", slots);
          // A search is put together from entries of both families.
          add("booking-terms", slots);
        }
      }
      add("slots", shop.slots(day, barber).replace("/slots?", "/next-slot?"));
    }
    add(
        "slots",
        shop.slots(day, "any").replace("date=" + day, "from=" + day + "&to=" + day.plusDays(2)));
  }

  private void figures(String path, LocalDate today, LocalDate day) {
    String dates = "from=" + today.minusDays(20) + "&to=" + day.plusDays(1);
    add("analytics-dashboard", path + "/dashboard");
    add("analytics-revenue", path + "/revenue?" + dates);
    add("analytics-revenue", path + "/revenue?by=week&" + dates);
    add("analytics-clients", path + "/clients?within=5&" + dates);
    add("analytics-services", path + "/services?" + dates);
    add("analytics-business", path + "/business?" + dates);
  }

  /** A view as somebody sees it. */
  record View(ApiFixture api, String path, String token) {
    Reply get(String... headers) {
      return api.get(
          path,
          Stream.concat(Arrays.stream(headers), Stream.of("Authorization", "Bearer " + token))
              .toArray(String[]::new));
    }

    @Override
    public String toString() {
      return path;
    }
  }

  private void add(String family, String path) {
    add(family, path, api.operator());
  }

  private void add(String family, String path, String token) {
    families.computeIfAbsent(family, f -> new ArrayList<>()).add(new View(api, path, token));
  }

  Set<String> families() {
    return families.keySet();
  }

  /** Those that the view is made of. */
  List<String> families(View view) {
    return families.entrySet().stream()
        .filter(family -> family.getValue().contains(view))
        .map(Map.Entry::getKey)
        .toList();
  }

  List<View> all() {
    return families.values().stream().flatMap(List::stream).distinct().toList();
  }

  /** The first and the last of each family. */
  List<View> some() {
    return families.values().stream()
        .flatMap(each -> Stream.of(each.getFirst(), each.getLast()))
        .distinct()
        .toList();
  }

  @Override
  public String toString() {
    return "of shop " + shop.id();
  }
}
