package dev.freshcut.bookingapi.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.server.PathContainer;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import org.springframework.web.util.ServletRequestPathUtils;

/**
 * Finds a request's handler as Spring does, but does not try the patterns, nearly all of a hundred,
 * that have another number of segments than the path or another fixed one. What is left, and what
 * is not of the usual form, Spring decides.
 */
final class QuickHandlerMapping extends RequestMappingHandlerMapping {
  /** Names and whole segments as variables, without wildcards and regular expressions. */
  private static final Pattern USUAL = Pattern.compile("(/([A-Za-z0-9._-]+|\\{[A-Za-z0-9]+}))+");

  private static final String VARIABLE = "";

  /** The elements of each pattern's paths: their text, or {@link #VARIABLE}. */
  private Map<RequestMappingInfo, List<String>> usual = Map.of();

  @Override
  protected void handlerMethodsInitialized(Map<RequestMappingInfo, HandlerMethod> handlers) {
    super.handlerMethodsInitialized(handlers);
    Map<RequestMappingInfo, List<String>> found = new HashMap<>();
    for (RequestMappingInfo handler : handlers.keySet()) {
      Set<String> patterns = handler.getPatternValues();
      String pattern = patterns.iterator().next();
      if (patterns.size() == 1 && USUAL.matcher(pattern).matches()) {
        found.put(handler, elements(PathContainer.parsePath(pattern)));
      }
    }
    usual = found;
  }

  private static List<String> elements(PathContainer pattern) {
    return pattern.elements().stream()
        .map(element -> element.value().startsWith("{") ? VARIABLE : element.value())
        .toList();
  }

  @Override
  protected @Nullable HandlerMethod lookupHandlerMethod(String path, HttpServletRequest request)
      throws Exception {
    return super.lookupHandlerMethod(path, new WithPath(request));
  }

  @Override
  protected @Nullable RequestMappingInfo getMatchingMapping(
      RequestMappingInfo handler, HttpServletRequest request) {
    List<String> pattern = usual.get(handler);
    return pattern != null && request instanceof WithPath known && !fits(pattern, known.path)
        ? null
        : super.getMatchingMapping(handler, request);
  }

  private static boolean fits(List<String> pattern, List<PathContainer.Element> path) {
    if (pattern.size() != path.size()) {
      return false;
    }
    for (int i = path.size() - 1; i >= 0; i--) { // patterns differ at their ends
      String fixed = pattern.get(i);
      if (!fixed.equals(VARIABLE) && !fixed.equals(text(path.get(i)))) {
        return false;
      }
    }
    return true;
  }

  /** Decoded, as patterns are compared with it. */
  private static String text(PathContainer.Element element) {
    return element instanceof PathContainer.PathSegment segment
        ? segment.valueToMatch()
        : element.value();
  }

  /** A request with its path at hand: as an attribute it is behind each filter's wrapper. */
  private static final class WithPath extends HttpServletRequestWrapper {
    private final List<PathContainer.Element> path;

    WithPath(HttpServletRequest request) {
      super(request);
      this.path =
          ServletRequestPathUtils.getParsedRequestPath(request).pathWithinApplication().elements();
    }
  }
}
