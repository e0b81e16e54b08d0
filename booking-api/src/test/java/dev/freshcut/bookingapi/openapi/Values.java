package dev.freshcut.bookingapi.openapi;

import dev.freshcut.bookingapi.Shop;
import java.math.BigInteger;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Random values that are as a schema wants them. */
final class Values {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final int MAX_DEPTH = 6;

  /** Text of forms that schemas ask for, and that no random text has. */
  private static final List<String> FORMS =
      List.of(
          "any",
          "1",
          "17",
          "EUR",
          "USD",
          "fr",
          "fr-FR",
          "+33 1 23 45 67 89",
          "Europe/Paris",
          "America/New_York",
          "Australia/Lord_Howe",
          "09:00",
          "12:30",
          "17:45",
          "24:00",
          "P7D",
          "PT30M",
          "x1-1",
          "https://hooks.example.org/freshcut",
          "appointment.created",
          "monday");

  private static final List<String> TEXTS =
      List.of(
          "Zoë",
          "O'Neil; DROP TABLE x; --",
          "山田 太郎",
          "👩🏽‍🦱 curls",
          "<b>&amp;</b>",
          "${1+1} #{1+1} {{1}}",
          "%s%n%x",
          "../../etc",
          "null",
          "مرحبا",
          "a\u0301\u0301\u0301",
          "\u202Eevil",
          "0",
          "-1",
          "true");

  private final Description description;
  private final Random random;
  private final Pool pool;
  private Shop shop;
  private String email;

  Values(Description description, Random random, Pool pool, Shop shop, String email) {
    this.description = description;
    this.random = random;
    this.pool = pool;
    this.shop = shop;
    this.email = email;
  }

  void in(Shop newShop, String newEmail) {
    shop = newShop;
    email = newEmail;
  }

  /** For a parameter as it is written in an address or a header. */
  String parameter(JsonNode parameter, String path) {
    JsonNode value = valid(parameter.path("schema"), parameter.path("name").asString(), path, 0);
    return value.isString() ? value.asString() : value.toString();
  }

  JsonNode valid(JsonNode reference, String name, String path, int depth) {
    JsonNode schema = description.resolve(reference);
    for (String choice : List.of("oneOf", "anyOf")) {
      if (schema.has(choice)) {
        JsonNode options = schema.path(choice);
        return valid(options.get(random.nextInt(options.size())), name, path, depth + 1);
      }
    }
    if (schema.has("const")) {
      return schema.path("const");
    }
    if (schema.has("enum")) {
      JsonNode values = schema.path("enum");
      return values.get(random.nextInt(values.size()));
    }
    if (schema.has("example") && random.nextInt(4) == 0) {
      return schema.path("example");
    }
    return switch (type(schema)) {
      case "object" -> object(schema, path, depth);
      case "array" -> array(schema, name, path, depth);
      case "integer" -> integer(schema, name, path);
      case "number" -> JSON.numberNode(random.nextInt(1000) / 4.0);
      case "boolean" -> JSON.booleanNode(random.nextBoolean());
      case "null" -> JSON.nullNode();
      default -> JSON.stringNode(text(schema, name, path));
    };
  }

  private static String type(JsonNode schema) {
    JsonNode type = schema.path("type");
    if (type.isArray()) {
      return type.valueStream()
          .map(JsonNode::asString)
          .filter(text -> !text.equals("null"))
          .findFirst()
          .orElse("null");
    }
    return type.asString(schema.has("properties") || schema.has("allOf") ? "object" : "string");
  }

  private ObjectNode object(JsonNode schema, String path, int depth) {
    ObjectNode made = JSON.objectNode();
    schema
        .path("allOf")
        .valueStream()
        .forEach(part -> made.setAll(object(description.resolve(part), path, depth + 1)));
    Set<String> required =
        Set.copyOf(schema.path("required").valueStream().map(JsonNode::asString).toList());
    boolean sparse = depth > MAX_DEPTH || random.nextInt(4) == 0;
    schema
        .path("properties")
        .propertyStream()
        .forEach(
            member -> {
              if (required.contains(member.getKey()) || (!sparse && random.nextBoolean())) {
                made.set(
                    member.getKey(), valid(member.getValue(), member.getKey(), path, depth + 1));
              }
            });
    if (schema.path("additionalProperties").isObject()) {
      made.set("x", valid(schema.path("additionalProperties"), "x", path, depth + 1));
    }
    return made;
  }

  private ArrayNode array(JsonNode schema, String name, String path, int depth) {
    int least = schema.path("minItems").asInt(0);
    int most = Math.min(least + 4, schema.path("maxItems").asInt(Integer.MAX_VALUE));
    String item = name.endsWith("s") ? name.substring(0, name.length() - 1) : name;
    ArrayNode made = JSON.arrayNode();
    IntStream.range(0, least + random.nextInt(most - least + 1))
        .forEach(i -> made.add(valid(schema.path("items"), item, path, depth + 1)));
    return made;
  }

  private JsonNode integer(JsonNode schema, String name, String path) {
    boolean isId =
        name.equals("id")
            || name.endsWith("Id")
            || Set.of("location", "barber", "service", "ignore", "customer", "user").contains(name);
    if (isId && random.nextInt(12) > 0) {
      return JSON.numberNode(
          pool.any(random, name.equals("ignore") ? "appointmentId" : name, path));
    }
    if (name.equals("version")) {
      return JSON.numberNode(1 + random.nextInt(3));
    }
    long least =
        schema.has("minimum")
            ? schema.path("minimum").asLong()
            : schema.path("exclusiveMinimum").asLong(0) + 1;
    long most =
        schema.has("maximum")
            ? schema.path("maximum").asLong()
            : schema.path("exclusiveMaximum").asLong(least + 1001) - 1;
    return switch (random.nextInt(8)) {
      case 0 -> JSON.numberNode(least);
      case 1 -> JSON.numberNode(most);
      default -> JSON.numberNode(random.nextLong(least, Math.max(least, most) + 1));
    };
  }

  private String text(JsonNode schema, String name, String path) {
    if (name.toLowerCase(java.util.Locale.ROOT).contains("password")) {
      return dev.freshcut.bookingapi.ApiFixture.PASSWORD;
    }
    if (name.equalsIgnoreCase("idempotency-key")) {
      return "key-" + random.nextInt(40);
    }
    if (name.equalsIgnoreCase("if-match") || name.equalsIgnoreCase("if-none-match")) {
      return random.nextBoolean() ? "*" : "\"" + (1 + random.nextInt(3)) + "\"";
    }
    if (name.equalsIgnoreCase("cache-control")) {
      return "no-cache";
    }
    if (name.equals("email") && (path.endsWith("/login") || random.nextInt(4) == 0)) {
      return email;
    }
    LocalDate day = name.equals("to") ? day().plusDays(10) : day();
    switch (schema.path("format").asString("")) {
      case "date" -> {
        return day.toString();
      }
      case "date-time" -> {
        String local =
            "%02d:%s".formatted(9 + random.nextInt(8), random.nextBoolean() ? "00" : "30");
        String at = shop.at(day, local);
        return random.nextBoolean()
            ? at
            : java.time.OffsetDateTime.parse(at).withOffsetSameInstant(ZoneOffset.UTC).toString();
      }
      case "time", "partial-time" -> {
        return "%02d:%02d".formatted(random.nextInt(24), 15 * random.nextInt(4));
      }
      case "email" -> {
        return random.nextInt(3) == 0 ? email : "u" + random.nextInt(100_000) + "@example.org";
      }
      case "uri", "url" -> {
        return "https://hooks.example.org/" + random.nextInt(1000);
      }
      case "uuid" -> {
        return new java.util.UUID(random.nextLong(), random.nextLong()).toString();
      }
      default -> {
        // Below.
      }
    }
    Pattern pattern = Pattern.compile(schema.path("pattern").asString(""), Pattern.DOTALL);
    int least = schema.path("minLength").asInt(0);
    int most = schema.path("maxLength").asInt(Integer.MAX_VALUE);
    List<String> fitting =
        Stream.concat(
                schema.has("pattern") ? FORMS.stream() : TEXTS.stream(),
                Stream.of(Long.toString(pool.any(random, name, path))))
            .filter(text -> text.length() >= least && text.length() <= most)
            .filter(text -> pattern.matcher(text).find())
            .toList();
    if (fitting.isEmpty() || (!schema.has("pattern") && random.nextInt(10) == 0)) {
      int length = least + random.nextInt(Math.min(20, most - least) + 1);
      return "x".repeat(length);
    }
    return schema.has("example") && random.nextBoolean()
        ? schema.path("example").asString()
        : fitting.get(random.nextInt(fitting.size()));
  }

  private LocalDate day() {
    return shop.day(random.nextInt(10) == 0 ? random.nextInt(-3, 400) : 1 + random.nextInt(10));
  }

  /** What breaks programs. */
  JsonNode hostile() {
    List<JsonNode> all = new ArrayList<>();
    for (long number :
        new long[] {
          0,
          -1,
          1,
          2,
          Integer.MAX_VALUE,
          Integer.MIN_VALUE,
          1L + Integer.MAX_VALUE,
          1L << 53,
          Long.MAX_VALUE,
          Long.MIN_VALUE,
          Long.MAX_VALUE - 1
        }) {
      all.add(JSON.numberNode(number));
    }
    all.add(JSON.numberNode(new BigInteger("9223372036854775808")));
    all.add(JSON.numberNode(BigInteger.TEN.pow(300)));
    all.add(JSON.numberNode(new java.math.BigDecimal("1e400")));
    all.add(JSON.numberNode(1.5));
    all.add(JSON.numberNode(-0.0));
    all.add(JSON.nullNode());
    all.add(JSON.booleanNode(true));
    all.add(JSON.objectNode());
    all.add(JSON.arrayNode());
    all.add(JSON.arrayNode().add(1));
    all.add(nested());
    hostileTexts().map(JSON::stringNode).forEach(all::add);
    return all.get(random.nextInt(all.size()));
  }

  String hostileText() {
    List<String> all = hostileTexts().toList();
    return all.get(random.nextInt(all.size()));
  }

  private Stream<String> hostileTexts() {
    return Stream.concat(
        TEXTS.stream(),
        Stream.of(
            "",
            " ",
            "\t",
            "\n",
            "a\u0000b",
            "a\u0007b",
            "\u007f",
            "\u0085",
            "\ud800",
            "\udc00x",
            "x\udbff",
            "\uffff",
            "\ufeff",
            "x".repeat(201),
            "é".repeat(501),
            "x".repeat(10_000),
            "😀".repeat(1_000),
            "0000-00-00",
            "2026-02-29",
            "2026-13-01",
            "+999999999-12-31",
            "-999999999-01-01",
            "+1000000000-01-01",
            "+5874898-01-01",
            "+999999999-12-30",
            "9999-12-31",
            "0001-01-01",
            "1969-12-31T23:59:59Z",
            "+999999999-12-31T23:59:59.999999999-18:00",
            "-999999999-01-01T00:00:00+18:00",
            "294277-01-01T00:00:00Z",
            "2026-03-29T02:30:00+01:00",
            "2030-01-01T10:00:00+99:00",
            "2030-01-01T10:00:00",
            "2030-01-01T10:00:00.000000001Z",
            "2030-01-01T10:00:60Z",
            "24:00",
            "25:00",
            "23:59:60",
            "Europe/Nowhere",
            "GMT+25",
            "UTC+19",
            "../etc/passwd",
            "9".repeat(19),
            "9".repeat(400),
            "1e5",
            "0x10",
            "١٢",
            "NaN",
            "Infinity",
            "a@b",
            "@",
            "x".repeat(245) + "@example.org",
            "javascript:alert(1)",
            "http://[::1",
            "*",
            "%",
            "_",
            "\\",
            "(((((",
            "AAAAAAAAAAA=",
            "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"));
  }

  private JsonNode nested() {
    JsonNode made = JSON.numberNode(1);
    boolean objects = random.nextBoolean();
    for (int i = 0; i < 400; i++) {
      made = objects ? JSON.objectNode().set("a", made) : JSON.arrayNode().add(made);
    }
    return made;
  }
}
