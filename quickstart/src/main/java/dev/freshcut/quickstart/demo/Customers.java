package dev.freshcut.quickstart.demo;

import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/** Made-up people; nobody can be reached under their addresses. */
final class Customers {
  private static final List<String> FIRST =
      List.of("Ada", "Ben", "Chen", "Dana", "Emre", "Fatou", "Goran", "Hana", "Ivo", "Julia");
  private static final List<String> LAST = List.of("Novak", "Okafor", "Petersen", "Quinn", "Rossi");

  private Customers() {}

  record Customer(String name, String email) {}

  static List<Customer> all() {
    return IntStream.range(0, FIRST.size() * LAST.size())
        .mapToObj(
            i -> {
              String first = FIRST.get(i % FIRST.size());
              String last = LAST.get(i / FIRST.size());
              String email = (first + "." + last + "@example.com").toLowerCase(Locale.ROOT);
              return new Customer(first + " " + last, email);
            })
        .toList();
  }
}
