package dev.freshcut.bookingapi.security;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.AbstractAuthenticationToken;
import org.springframework.security.core.authority.SimpleGrantedAuthority;

/** A user whose token and account have been checked, as Spring Security carries her along. */
final class CallerToken extends AbstractAuthenticationToken {
  private static final long serialVersionUID = 1L;

  @SuppressWarnings("serial") // never serialized: there are no sessions
  private final Caller.User caller;

  CallerToken(Caller.User caller) {
    super(List.of(authority(caller.role())));
    this.caller = caller;
    setAuthenticated(true);
  }

  static SimpleGrantedAuthority authority(Role role) {
    return new SimpleGrantedAuthority("ROLE_" + role.text());
  }

  @Override
  public Caller.User getPrincipal() {
    return caller;
  }

  @Override
  public Object getCredentials() {
    return "";
  }

  @Override
  public String getName() {
    return Long.toString(caller.id());
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof CallerToken token && token.caller.equals(caller);
  }

  @Override
  public int hashCode() {
    return caller.hashCode();
  }
}
