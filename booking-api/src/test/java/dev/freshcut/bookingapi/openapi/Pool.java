package dev.freshcut.bookingapi.openapi;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/**
 * Ids that exist, by what they are of: {@code barber} for {@code barberId}, for the parameter
 * {@code barber} and for {@code id} in an answer of {@code …/barbers}. The latest are remembered.
 */
final class Pool {
  private static final int REMEMBERED = 12;

  private final Map<String, List<Long>> ids = new TreeMap<>();
  private final Map<String, List<Long>> own = new TreeMap<>();

  /** Forgets what was the caller's own. */
  void begin() {
    own.clear();
  }

  /** What the caller has made: asked for more often than what it has only seen. */
  void addOwn(String kind, long id) {
    own.computeIfAbsent(kind, name -> new ArrayList<>()).add(id);
    add(kind, id);
  }

  void add(String kind, long id) {
    List<Long> known = ids.computeIfAbsent(kind, name -> new ArrayList<>());
    if (!known.contains(id)) {
      known.add(id);
    }
    if (known.size() > REMEMBERED) {
      known.removeFirst();
    }
  }

  /** Notes the ids in an answer, of what was made if that is what it says. */
  void learn(String path, JsonNode answer, boolean made) {
    if (made && answer.path("id").canConvertToLong()) {
      addOwn(kindOfPath(path), answer.path("id").asLong());
    }
    learn(path, answer);
  }

  private void learn(String path, JsonNode answer) {
    if (answer.isArray()) {
      answer.valueStream().limit(3).forEach(item -> learn(path, item));
    }
    answer
        .propertyStream()
        .forEach(
            member -> {
              JsonNode value = member.getValue();
              if (value.isIntegralNumber() && value.canConvertToLong()) {
                if (member.getKey().equals("id")) {
                  add(kindOfPath(path), value.asLong());
                } else if (member.getKey().endsWith("Id")) {
                  add(kind(member.getKey(), path), value.asLong());
                }
              } else if (value.isObject()) {
                learn(path, value);
              } else if (value.isArray() && member.getKey().equals("items")) {
                learn(path, value);
              }
            });
  }

  /** An id for a parameter or a member; often of the latest. */
  long any(Random random, String name, String path) {
    List<Long> known = ids.getOrDefault(kind(name, path), List.of());
    List<Long> made = own.getOrDefault(kind(name, path), List.of());
    if (!made.isEmpty() && random.nextInt(5) > 0) {
      return made.get(Math.max(0, made.size() - 1 - random.nextInt(4)));
    }
    if (known.isEmpty()) {
      List<Long> others = ids.values().stream().flatMap(List::stream).toList();
      return others.get(random.nextInt(others.size()));
    }
    int from = random.nextInt(3) == 0 ? 0 : Math.max(0, known.size() - 3);
    return known.get(from + random.nextInt(known.size() - from));
  }

  static String kind(String name, String path) {
    if (name.equals("id")) {
      return kindOfPath(path.replaceFirst("/\\{id}.*", ""));
    }
    String plain = name.endsWith("Id") ? name.substring(0, name.length() - 2) : name;
    return plain.toLowerCase(Locale.ROOT);
  }

  /** By the last word of the path that is not a parameter, in the singular. */
  private static String kindOfPath(String path) {
    String word = path.replaceAll("/\\{[^}]*}", "").replaceFirst(".*/", "");
    String singular = word.endsWith("s") ? word.substring(0, word.length() - 1) : word;
    return singular.replace("-", "");
  }
}
