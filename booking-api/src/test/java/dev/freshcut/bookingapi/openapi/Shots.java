package dev.freshcut.bookingapi.openapi;

import dev.freshcut.bookingapi.openapi.Description.Operation;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Makes requests for operations: in order, or with something wrong in one place or several. */
final class Shots {
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

  /** What is no JSON of the kind that is wanted. */
  private static final List<String> NOT_JSON =
      List.of(
          "",
          " ",
          "null",
          "[]",
          "[{}]",
          "\"\"",
          "0",
          "true",
          "{",
          "}",
          "{}{}",
          "{} x",
          "{\"a\"}",
          "{\"a\":}",
          "{'a':1}",
          "{a:1}",
          "{\"a\":01}",
          "{\"a\":+1}",
          "{\"a\":NaN}",
          "{\"a\":1,}",
          "/* */{}",
          "\ufeff{}",
          "{\"a\":1,\"a\":2}",
          "{\"\\u0000\":1}",
          "{\"a\":\"\\q\"}",
          "{\"a\":\"\\ud800\"}",
          "{\"__proto__\":{},\"constructor\":{},\"class\":{\"classLoader\":{}}}",
          "{\"@type\":\"x\",\"@class\":\"x\"}",
          "a=1&b=2",
          "--x\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n1\r\n--x--\r\n",
          "<?xml version=\"1.0\"?><!DOCTYPE a [<!ENTITY b SYSTEM \"file:///etc/passwd\">]><a>&b;</a>",
          "{\"a\":".repeat(1_200),
          "[".repeat(30_000),
          "{\"" + "k".repeat(60_000) + "\":1}",
          "{\"a\":" + "1".repeat(20_000) + "}",
          "{\"a\":1e" + "9".repeat(1_000) + "}",
          "\u0000",
          "\u0000\u0001\u0002");

  private static final List<String> MEDIA_TYPES =
      List.of(
          "text/plain",
          "application/xml",
          "application/x-www-form-urlencoded",
          "multipart/form-data; boundary=x",
          "multipart/form-data",
          "application/json; charset=utf-16",
          "application/json; charset=nonsense",
          "application/json;charset",
          "application/json; q=nonsense",
          "application/*",
          "*/*",
          "nonsense",
          "application/json, text/plain",
          "application/merge-patch+json",
          "application/problem+json",
          "");

  /** Headers that are odd, or not meant for the service. */
  private static final List<String> ODD =
      List.of(
          "Accept: text/html",
          "Accept: nonsense",
          "Accept: application/json;q=nonsense",
          "Accept: ",
          "Accept: application/problem+json",
          "Accept: application/json;q=0",
          "Accept: text/xml;q=0.1, application/*;q=0.2",
          "Accept-Language: xx-!!;q=7",
          "Accept-Charset: utf-7",
          "Accept-Encoding: br, *;q=0",
          "Content-Encoding: gzip",
          "Content-Language: x",
          "Consistency-Token: x1-0",
          "Consistency-Token: x1-ffffffffffff",
          "Consistency-Token: -1",
          "Consistency-Token: ",
          "Cache-Control: no-cache, no-store=\"x",
          "Cache-Control: max-age=99999999999999999999",
          "If-None-Match: *",
          "If-None-Match: W/\"1\", \"2\"",
          "If-None-Match: \"",
          "If-Match: \"99999999999999999999\"",
          "If-Match: ,,,",
          "If-Match: ",
          "If-Modified-Since: yesterday",
          "If-Unmodified-Since: Sat, 01 Jan 2000 00:00:00 GMT",
          "If-Range: x",
          "Range: bytes=0-0,-1",
          "Idempotency-Key: ",
          "Idempotency-Key: \"",
          "Idempotency-Key: a b",
          "Idempotency-Key: " + "k".repeat(256),
          "Idempotency-Key: \u00e9",
          "Origin: null",
          "Origin: https://evil.example.org",
          "Access-Control-Request-Method: DELETE",
          "Cookie: JSESSIONID=../../x; a",
          "X-Forwarded-Proto: javascript",
          "X-Forwarded-Host: evil.example.org",
          "X-Forwarded-Port: -1",
          "X-Forwarded-Prefix: /../..",
          "X-Forwarded-For: nonsense, 999.1.1.1, ::::1, [::1]:80",
          "Forwarded: for=\"_x\";proto=x",
          "X-HTTP-Method-Override: DELETE",
          "Expect: 100-continue",
          "Referer: x",
          "User-Agent: " + "x".repeat(2_000),
          "traceparent: 00-zz",
          "Connection: close");

  private static final List<String> BAD_QUERIES =
      List.of(
          "%",
          "%zz",
          "a=%",
          "a=%f",
          "a=%c3%28",
          "a=%00",
          "%00=1",
          "&&&=&=&",
          "a[]=1&a[0][b]=2",
          "a=1;b=2",
          "x=" + "y".repeat(5_000),
          "a=%ud800",
          "limit=0",
          "limit=101",
          "limit=-1",
          "limit=1e1",
          "limit=",
          "limit=1&limit=2",
          "cursor=",
          "cursor=AAAA",
          "cursor=%00",
          "cursor=AAAAAAAAAAAAAAAAAAAAAA",
          "sort=name;DROP%20TABLE",
          "page=9223372036854775807",
          "class.classLoader=1",
          "_method=DELETE",
          "format=xml");

  /** Of no use with random values, or exclusive of others. */
  private static final List<String> SELDOM =
      List.of("cursor", "ignore", "before", "after", "date", "from", "to");

  private final Random random;
  private final Values values;

  Shots(Random random, Values values) {
    this.random = random;
    this.values = values;
  }

  /** A request in order, or not; of nobody. */
  Shot make(Operation operation) {
    Shot shot = new Shot(operation);
    JsonNode schema = operation.body();
    JsonNode body = schema == null ? null : values.valid(schema, "body", operation.path(), 0);
    int kind = random.nextInt(100);
    fillPath(shot, kind >= 62 && kind < 72);
    fillQuery(shot, kind >= 62 && kind < 80);
    fillHeaders(shot);
    if (body != null) {
      shot.header("Content-Type", "application/json");
      shot.body = text(kind >= 30 && kind < 62 ? mutated(body) : body);
    }
    if (kind >= 80 && kind < 86) {
      badBody(shot, body);
    } else if (kind >= 86 && kind < 96) {
      odd(shot);
    } else if (kind >= 96) {
      anotherMethod(shot);
    } else if (random.nextInt(20) == 0) {
      odd(shot);
    }
    return shot;
  }

  private void fillPath(Shot shot, boolean hostile) {
    List<JsonNode> parameters = shot.operation.parameters("path");
    int broken = hostile && !parameters.isEmpty() ? random.nextInt(parameters.size()) : -1;
    for (int i = 0; i < parameters.size(); i++) {
      String name = parameters.get(i).path("name").asString();
      String value = encoded(values.parameter(parameters.get(i), shot.operation.path()));
      if (i == broken) {
        String bad = values.hostile().asString(values.hostileText());
        boolean raw = random.nextInt(6) == 0;
        value = raw ? bad.replaceAll("[\\s#]", "") : encoded(bad);
        if (raw || bad.isBlank() || !bad.matches("[\\w.:+-]+")) {
          shot.astray(400, 404, 405);
        }
      }
      shot.path = shot.path.replace("{" + name + "}", value);
    }
  }

  private void fillQuery(Shot shot, boolean hostile) {
    List<String> parts = new ArrayList<>();
    boolean sparse = random.nextInt(3) == 0;
    List<String> dates = datesOf(shot.operation);
    for (JsonNode parameter : shot.operation.parameters("query")) {
      String name = parameter.path("name").asString();
      boolean wanted =
          parameter.path("required").asBoolean()
              || dates.contains(name)
              || (!sparse && !SELDOM.contains(name) && random.nextInt(5) < 2)
              || random.nextInt(30) == 0;
      if (wanted) {
        parts.add(name + "=" + encoded(values.parameter(parameter, shot.operation.path())));
      }
    }
    if (hostile) {
      hostileQuery(shot, parts);
    }
    shot.query = String.join("&", parts);
  }

  /** Where one date or several can be asked for, it has to be the one or the others. */
  private List<String> datesOf(Operation operation) {
    List<String> names =
        operation.parameters("query").stream()
            .map(parameter -> parameter.path("name").asString())
            .toList();
    if (names.containsAll(List.of("date", "from", "to"))) {
      return random.nextBoolean() ? List.of("date") : List.of("from", "to");
    }
    return List.of();
  }

  private void hostileQuery(Shot shot, List<String> parts) {
    switch (random.nextInt(4)) {
      case 0 -> {
        if (!parts.isEmpty()) {
          parts.remove(random.nextInt(parts.size()));
        }
      }
      case 1 -> {
        String part = BAD_QUERIES.get(random.nextInt(BAD_QUERIES.size()));
        parts.add(part);
        if (part.contains("%")) {
          shot.astray(400);
        }
      }
      default -> {
        List<JsonNode> known = shot.operation.parameters("query");
        String name =
            known.isEmpty() ? "x" : known.get(random.nextInt(known.size())).path("name").asString();
        if (random.nextBoolean()) {
          parts.removeIf(part -> part.startsWith(name + "="));
        }
        parts.add(name + "=" + encoded(values.hostile().asString(values.hostileText())));
      }
    }
  }

  private void fillHeaders(Shot shot) {
    for (JsonNode parameter : shot.operation.parameters("header")) {
      if (random.nextInt(8) == 0) {
        shot.header(
            parameter.path("name").asString(),
            values.parameter(parameter, shot.operation.path()).replaceAll("[^\\x21-\\x7e]", "-"));
      }
    }
  }

  private void badBody(Shot shot, @Nullable JsonNode valid) {
    shot.headers.removeIf(header -> header.startsWith("Content-Type"));
    int kind = random.nextInt(5);
    String type =
        kind == 0 ? MEDIA_TYPES.get(random.nextInt(MEDIA_TYPES.size())) : "application/json";
    if (kind > 0 || random.nextInt(4) > 0) {
      shot.header("Content-Type", type);
    }
    byte[] good = valid == null ? new byte[] {'{', '}'} : text(valid);
    switch (kind) {
      case 0 -> shot.body = good;
      case 1 -> shot.body = Arrays.copyOf(good, random.nextInt(good.length + 1));
      case 2 -> {
        byte[] broken = good.clone();
        for (int i = 0; i < 1 + random.nextInt(4) && broken.length > 0; i++) {
          broken[random.nextInt(broken.length)] = (byte) random.nextInt(256);
        }
        shot.body = broken;
      }
      case 3 -> {
        shot.body = new byte[random.nextInt(20) == 0 ? 120_000 : 1 + random.nextInt(100)];
        random.nextBytes(shot.body);
        shot.alsoAllowed.add(413);
      }
      default ->
          shot.body =
              NOT_JSON.get(random.nextInt(NOT_JSON.size())).getBytes(StandardCharsets.UTF_8);
    }
  }

  private void odd(Shot shot) {
    for (int i = 0; i <= random.nextInt(3); i++) {
      String header = ODD.get(random.nextInt(ODD.size()));
      String name = header.substring(0, header.indexOf(':') + 1);
      if (random.nextInt(4) > 0) {
        shot.headers.removeIf(other -> other.startsWith(name));
      }
      shot.headers.add(header);
      if (header.contains("\u00e9")) {
        shot.astray(400);
      }
    }
    if (shot.method.equals("GET") && random.nextInt(6) == 0) {
      shot.method = "HEAD";
    }
  }

  private void anotherMethod(Shot shot) {
    List<String> methods =
        List.of("GET", "PUT", "POST", "PATCH", "DELETE", "OPTIONS", "BREW", "get");
    shot.method = methods.get(random.nextInt(methods.size()));
    shot.astray(400, 401, 403, 404, 405, 406, 409, 412, 415, 422);
  }

  private JsonNode mutated(JsonNode valid) {
    JsonNode mutated = valid.deepCopy();
    for (int i = 0; i <= random.nextInt(2); i++) {
      List<ObjectNode> objects = new ArrayList<>();
      collect(mutated, objects);
      if (objects.isEmpty()) {
        return values.hostile();
      }
      mutate(objects.get(random.nextInt(objects.size())));
    }
    return mutated;
  }

  private void mutate(ObjectNode object) {
    List<String> names = List.copyOf(object.propertyNames());
    int kind = random.nextInt(10);
    if (names.isEmpty() || kind == 0) {
      object.set(random.nextBoolean() ? "id" : values.hostileText(), values.hostile());
      return;
    }
    String name = names.get(random.nextInt(names.size()));
    JsonNode old = object.path(name);
    switch (kind) {
      case 1 -> object.remove(name);
      case 2 -> object.putNull(name);
      case 3 -> object.put(name, old.isString() ? old.asString() : old.toString());
      case 4 -> {
        ArrayNode array = object.putArray(name);
        array.add(old);
      }
      case 5 -> object.put(name, old.asString("") + values.hostileText());
      default -> object.set(name, values.hostile());
    }
  }

  private static void collect(JsonNode node, List<ObjectNode> objects) {
    if (node instanceof ObjectNode object) {
      objects.add(object);
    }
    node.valueStream().filter(JsonNode::isContainer).forEach(child -> collect(child, objects));
  }

  /** In ASCII, so that halves of characters can be sent as escapes. */
  private static byte[] text(JsonNode json) {
    return JSON.writeValueAsString(json).getBytes(StandardCharsets.US_ASCII);
  }

  private static String encoded(String value) {
    StringJoiner parts = new StringJoiner("%20");
    for (String part : value.split(" ", -1)) {
      parts.add(URLEncoder.encode(part, StandardCharsets.UTF_8));
    }
    return parts.toString();
  }

  /** A request whose bytes are changed, cut or doubled at random places. */
  byte[] garbled(Shot shot) {
    byte[] bytes = shot.bytes();
    int from = random.nextInt(bytes.length);
    int to = Math.min(bytes.length, from + 1 + random.nextInt(8));
    return switch (random.nextInt(4)) {
      case 0 -> Arrays.copyOf(bytes, from);
      case 1 -> joined(Arrays.copyOf(bytes, from), Arrays.copyOfRange(bytes, to, bytes.length));
      case 2 -> joined(Arrays.copyOf(bytes, to), Arrays.copyOfRange(bytes, from, bytes.length));
      default -> {
        for (int i = from; i < to; i++) {
          bytes[i] = (byte) random.nextInt(256);
        }
        yield bytes;
      }
    };
  }

  private static byte[] joined(byte[] head, byte[] tail) {
    byte[] both = Arrays.copyOf(head, head.length + tail.length);
    System.arraycopy(tail, 0, both, head.length, tail.length);
    return both;
  }
}
