package dev.freshcut.quickstart;

import com.jayway.jsonpath.JsonPath;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A file of HTTP requests as editors send them: requests between {@code ###}, variables {@code
 * {{name}}}, parts of earlier answers {@code {{name.response.body.$.path}}} and {@code
 * {{name.response.headers.Name}}}, dates {@code {{$datetime "YYYY-MM-DD" 2 d}}}. {@code # Expect:}
 * is a comment to editors.
 */
final class HttpFile {
  private static final Pattern VARIABLE = Pattern.compile("@(\\w+)\\s*=\\s*(.*)");
  private static final Pattern USE = Pattern.compile("\\{\\{(.+?)}}");
  private static final Pattern DATE = Pattern.compile("\\$datetime \"YYYY-MM-DD\"(?: (-?\\d+) d)?");
  private static final Pattern ANSWER =
      Pattern.compile("(\\w+)\\.response\\.(body\\.(\\$.*)|headers\\.(.+))");

  private final Clock clock;
  private final Map<String, String> variables = new HashMap<>();
  private final List<Step> steps = new ArrayList<>();
  private final Map<String, HttpResponse<String>> answers = new HashMap<>();

  private HttpFile(Clock clock) {
    this.clock = clock;
  }

  /**
   * A request.
   *
   * @param name by which later ones refer to its answer
   * @param expected the status, and what headers must contain
   */
  record Step(
      String title,
      @Nullable String name,
      List<String> expected,
      String line,
      List<String> headers,
      String body) {
    /** Whether it is a read whose answer depends on how the cache is just now. */
    boolean isRepeatable() {
      return line.startsWith("GET ")
          && expected.stream().anyMatch(part -> part.startsWith("Cache-Status: hit"));
    }
  }

  static HttpFile read(Path path, Clock clock) throws IOException {
    HttpFile file = new HttpFile(clock);
    List<List<String>> parts = new ArrayList<>(List.of(new ArrayList<>()));
    for (String line : Files.readAllLines(path)) {
      if (line.startsWith("###")) {
        parts.add(new ArrayList<>());
      }
      parts.getLast().add(line);
    }
    parts.getFirst().stream()
        .map(VARIABLE::matcher)
        .filter(Matcher::matches)
        .forEach(variable -> file.variables.put(variable.group(1), variable.group(2)));
    parts.stream().skip(1).map(HttpFile::step).forEach(file.steps::add);
    return file;
  }

  private static Step step(List<String> lines) {
    String name = null;
    List<String> expected = List.of();
    List<String> request = new ArrayList<>();
    for (String line : lines.subList(1, lines.size())) {
      if (line.startsWith("# @name ")) {
        name = line.substring("# @name ".length()).strip();
      } else if (line.startsWith("# Expect: ")) {
        expected = List.of(line.substring("# Expect: ".length()).split(", ", -1));
      } else if (!line.startsWith("#")) {
        request.add(line);
      }
    }
    if (expected.isEmpty()) {
      throw new IllegalArgumentException(lines.getFirst() + " expects nothing");
    }
    int blank = request.indexOf("");
    int end = blank < 0 ? request.size() : blank;
    return new Step(
        lines.getFirst().substring(3).strip(),
        name,
        expected,
        request.getFirst(),
        request.subList(1, end),
        String.join("\n", request.subList(end, request.size())).strip());
  }

  /** The same with another value for a variable. */
  HttpFile with(String variable, String value) {
    variables.put(variable, value);
    return this;
  }

  List<Step> steps() {
    return steps;
  }

  /** Notes an answer that others refer to. */
  void learn(Step step, HttpResponse<String> answer) {
    if (step.name() != null) {
      answers.put(step.name(), answer);
    }
  }

  HttpRequest request(Step step) {
    String[] line = filled(step.line()).split(" ", 2);
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(line[1].strip())).timeout(Duration.ofSeconds(30));
    for (String header : step.headers()) {
      String[] parts = filled(header).split(":", 2);
      request.header(parts[0].strip(), parts[1].strip());
    }
    return request
        .method(
            line[0],
            step.body().isEmpty()
                ? BodyPublishers.noBody()
                : BodyPublishers.ofString(filled(step.body())))
        .build();
  }

  /** What an answer has not, of that which the step expects. */
  List<String> complaints(Step step, HttpResponse<String> answer) {
    return step.expected().stream().filter(part -> !isMet(part, answer)).toList();
  }

  private static boolean isMet(String expected, HttpResponse<String> answer) {
    if (expected.matches("\\d{3}")) {
      return answer.statusCode() == Integer.parseInt(expected);
    }
    String[] parts = expected.split(": ", 2);
    String found =
        parts[0].equals("code")
            ? JsonPath.read(answer.body(), "$.code")
            : answer.headers().firstValue(parts[0]).orElse("");
    return found.contains(parts[1]);
  }

  private String filled(String text) {
    return USE.matcher(text).replaceAll(use -> Matcher.quoteReplacement(value(use.group(1))));
  }

  private String value(String use) {
    Matcher date = DATE.matcher(use);
    if (date.matches()) {
      long days = date.group(1) == null ? 0 : Long.parseLong(date.group(1));
      return LocalDate.now(clock).plusDays(days).toString();
    }
    Matcher answer = ANSWER.matcher(use);
    if (answer.matches()) {
      HttpResponse<String> earlier = answers.get(answer.group(1));
      if (earlier == null) {
        throw new IllegalArgumentException("there is no answer yet for {{" + use + "}}");
      }
      if (answer.group(3) == null) {
        return earlier.headers().firstValue(answer.group(4)).orElseThrow();
      }
      Object found = JsonPath.read(earlier.body(), answer.group(3));
      return found.toString();
    }
    String value = variables.get(use);
    if (value == null) {
      throw new IllegalArgumentException("there is no {{" + use + "}}");
    }
    return value;
  }
}
