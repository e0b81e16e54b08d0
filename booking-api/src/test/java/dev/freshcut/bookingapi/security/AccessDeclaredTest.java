package dev.freshcut.bookingapi.security;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.web.method.HandlerMethod;

class AccessDeclaredTest {
  @SuppressWarnings("unused")
  static class Handlers {
    @PublicAccess
    public void open() {}

    @Access(Role.OWNER)
    public void closed(Caller.User caller) {}

    @PublicAccess
    public void openWithCaller(Caller caller) {}

    public void forgotten() {}

    @Access({})
    public void forNobody() {}

    @Access(Role.CLIENT)
    @PublicAccess
    public void undecided() {}

    @PublicAccess
    public void openToUsers(Caller.User caller) {}
  }

  @Test
  void handlersThatSayWhoMayCallThemAreWelcome() {
    assertThatCode(() -> AccessDeclared.check(handlers("open", "closed", "openWithCaller")))
        .doesNotThrowAnyException();
  }

  @Test
  void everyOtherHandlerIsNamedWithItsMend() {
    assertThatThrownBy(
            () ->
                AccessDeclared.check(
                    handlers("open", "forgotten", "forNobody", "undecided", "openToUsers")))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("#forgotten[0 args] has neither @Access nor @PublicAccess: add one")
        .hasMessageContaining("#forNobody[0 args] has @Access for no role")
        .hasMessageContaining("#undecided[0 args] has @Access and @PublicAccess")
        .hasMessageContaining("#openToUsers[1 args] is public and has a parameter Caller.User")
        .hasMessageNotContaining("#open[");
  }

  private static List<HandlerMethod> handlers(String... names) {
    Handlers bean = new Handlers();
    return Arrays.stream(Handlers.class.getDeclaredMethods())
        .filter(method -> Arrays.asList(names).contains(method.getName()))
        .map(method -> new HandlerMethod(bean, method))
        .toList();
  }
}
