package dev.freshcut.bookingapi.security;

import dev.freshcut.bookingapi.security.Accounts.ExternalIdentity;
import java.util.Optional;
import org.springframework.core.convert.converter.Converter;
import org.springframework.security.authentication.AbstractAuthenticationToken;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.server.resource.InvalidBearerTokenException;

/** From a good token to the caller: who she is says the token, what she may do her account. */
final class TokenToCaller implements Converter<Jwt, AbstractAuthenticationToken> {
  private final Accounts accounts;
  private final boolean own;

  TokenToCaller(Accounts accounts, SecuritySettings settings) {
    this.accounts = accounts;
    this.own = settings.hasLogin();
  }

  @Override
  public AbstractAuthenticationToken convert(Jwt token) {
    Optional<Account> account;
    try {
      account = own ? ofLogin(token) : ofIssuer(token);
    } catch (RuntimeException e) {
      // No fault of the token's: the database, most likely.
      throw new AuthenticationServiceException("account not found out", e);
    }
    return account
        .filter(Account::active)
        .map(found -> new CallerToken(found.caller()))
        .orElseThrow(() -> new InvalidBearerTokenException("no active account"));
  }

  private Optional<Account> ofLogin(Jwt token) {
    if (!(token.getClaim(Tokens.CREDENTIALS_VERSION) instanceof Long version)) {
      return Optional.empty();
    }
    String subject = token.getSubject();
    if (subject == null || !subject.matches("[1-9][0-9]{0,17}")) {
      return Optional.empty();
    }
    return accounts
        .find(Long.parseLong(subject))
        .filter(account -> account.credentialsVersion() == version);
  }

  private Optional<Account> ofIssuer(Jwt token) {
    String subject = token.getSubject();
    if (subject == null || subject.isBlank() || subject.length() > 255) {
      return Optional.empty();
    }
    boolean verified = Boolean.TRUE.equals(token.getClaim("email_verified"));
    return accounts.find(
        new ExternalIdentity(
            subject,
            verified ? token.getClaimAsString("email") : null,
            token.getClaimAsString("name")));
  }
}
