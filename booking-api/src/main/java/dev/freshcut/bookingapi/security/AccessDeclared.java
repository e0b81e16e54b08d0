package dev.freshcut.bookingapi.security;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.stereotype.Component;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/**
 * At start: every handler method of this service's says who may call it. One that does not would be
 * answered with 404, which nobody should have to find out about later.
 */
@Component
final class AccessDeclared implements SmartInitializingSingleton {
  private static final String OURS = "dev.freshcut.";

  private final RequestMappingHandlerMapping handlers;

  AccessDeclared(@Qualifier("requestMappingHandlerMapping") RequestMappingHandlerMapping handlers) {
    this.handlers = handlers;
  }

  @Override
  public void afterSingletonsInstantiated() {
    check(handlers.getHandlerMethods().values());
  }

  /**
   * @throws IllegalStateException naming every handler to mend, and how
   */
  static void check(Collection<HandlerMethod> handlers) {
    List<String> problems = new ArrayList<>();
    handlers.stream().filter(AccessDeclared::ours).forEach(handler -> check(handler, problems));
    if (!problems.isEmpty()) {
      throw new IllegalStateException(
          "Handlers do not say who may call them:\n  " + String.join("\n  ", problems));
    }
  }

  /** Whether it is not one of Spring's or of a library's. */
  static boolean ours(HandlerMethod handler) {
    return handler.getBeanType().getName().startsWith(OURS)
        && !ErrorController.class.isAssignableFrom(handler.getBeanType());
  }

  private static void check(HandlerMethod handler, List<String> problems) {
    Access access = handler.getMethodAnnotation(Access.class);
    boolean open = handler.hasMethodAnnotation(PublicAccess.class);
    if (access == null && !open) {
      problems.add(
          handler.getShortLogMessage() + " has neither @Access nor @PublicAccess: add one");
    } else if (access != null && open) {
      problems.add(handler.getShortLogMessage() + " has @Access and @PublicAccess: remove one");
    } else if (access != null && access.value().length == 0) {
      problems.add(handler.getShortLogMessage() + " has @Access for no role: name one");
    } else if (open && wantsUser(handler)) {
      problems.add(
          handler.getShortLogMessage()
              + " is public and has a parameter Caller.User: use Caller, or @Access");
    }
  }

  private static boolean wantsUser(HandlerMethod handler) {
    return Arrays.stream(handler.getMethodParameters())
        .anyMatch(parameter -> parameter.getParameterType().equals(Caller.User.class));
  }
}
