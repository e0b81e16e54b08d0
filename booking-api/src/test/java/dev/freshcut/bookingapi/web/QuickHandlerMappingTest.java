package dev.freshcut.bookingapi.web;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockServletContext;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.context.support.StaticWebApplicationContext;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerExecutionChain;
import org.springframework.web.servlet.HandlerMapping;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import org.springframework.web.util.ServletRequestPathUtils;

/**
 * Against Spring's own mapping: the same handler, variables and refusals, whatever is asked for.
 */
class QuickHandlerMappingTest {
  private static final List<String> METHODS = List.of("GET", "HEAD", "POST", "DELETE", "OPTIONS");
  private static final List<String> SEGMENTS =
      List.of("a", "b", "c", "A", "%61", "a;x=1", "%2F", "1", "", "x-y", "{id}", "7.json", "é");

  private final HandlerMapping quick = started(new QuickHandlerMapping());
  private final HandlerMapping plain = started(new RequestMappingHandlerMapping());

  @Controller
  static class Handlers {
    @GetMapping("/a")
    void fixed() {}

    @GetMapping("/a/{id}")
    void variable() {}

    @PostMapping("/a/{id}")
    void posted() {}

    @GetMapping("/a/b")
    void fixedBesideVariable() {}

    @GetMapping("/{first}/b/{last}")
    void twoVariables() {}

    @GetMapping({"/a/c", "/c/{id}"})
    void twoPatterns() {}

    @GetMapping("/b/*")
    void wildcard() {}

    @GetMapping("/b/{*rest}")
    void rest() {}

    @GetMapping("/c/{id:[0-9]+}/x-y")
    void expression() {}

    @GetMapping("/c/{name}.json")
    void partOfSegment() {}
  }

  @ParameterizedTest
  @CsvSource({
    "GET, /a, fixed",
    "GET, /%61, fixed",
    "GET, /a/1, variable",
    "POST, /a/1, posted",
    "GET, /a/b, fixedBesideVariable",
    "GET, /1/b/2, twoVariables",
    "GET, /c/1, twoPatterns",
    "GET, /b/a/a, rest",
    "GET, /c/1/x-y, expression",
    "GET, /c/7.json, partOfSegment",
    "GET, /a/, none",
    "DELETE, /a/1, HttpRequestMethodNotSupportedException"
  })
  void finds(String method, String path, String handler) {
    assertThat(found(quick, method, path)).startsWith(handler);
    assertThat(found(quick, method, path)).isEqualTo(found(plain, method, path));
  }

  @Test
  void findsWhatSpringFinds() {
    long seed = new Random().nextLong();
    System.out.println("seed " + seed);
    Random random = new Random(seed);
    for (int i = 0; i < 5_000; i++) {
      String method = METHODS.get(random.nextInt(METHODS.size()));
      String path =
          IntStream.range(0, 1 + random.nextInt(4))
              .mapToObj(n -> "/" + SEGMENTS.get(random.nextInt(SEGMENTS.size())))
              .collect(Collectors.joining());
      assertThat(found(quick, method, path))
          .as("%s %s", method, path)
          .isEqualTo(found(plain, method, path));
    }
  }

  private static HandlerMapping started(RequestMappingHandlerMapping mapping) {
    StaticWebApplicationContext context = new StaticWebApplicationContext();
    context.setServletContext(new MockServletContext());
    context.registerSingleton("handlers", Handlers.class);
    context.refresh();
    mapping.setApplicationContext(context);
    mapping.afterPropertiesSet();
    return mapping;
  }

  private static String found(HandlerMapping mapping, String method, String path) {
    HttpServletRequest request = new MockHttpServletRequest(method, path);
    ServletRequestPathUtils.parseAndCache(request);
    try {
      HandlerExecutionChain chain = mapping.getHandler(request);
      return chain == null
          ? "none"
          : ((HandlerMethod) chain.getHandler()).getMethod().getName()
              + request.getAttribute(HandlerMapping.URI_TEMPLATE_VARIABLES_ATTRIBUTE)
              + request.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE);
    } catch (Exception e) {
      return e.getClass().getSimpleName() + ": " + e.getMessage();
    }
  }
}
