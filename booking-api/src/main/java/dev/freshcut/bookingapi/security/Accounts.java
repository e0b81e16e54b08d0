package dev.freshcut.bookingapi.security;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The accounts that tokens speak of. */
public interface Accounts {
  /** The account with this id. */
  Optional<Account> find(long id);

  /**
   * The account of somebody whom the configured issuer vouches for. One is made, or an existing one
   * is bound to her, at first sight.
   */
  Optional<Account> find(ExternalIdentity identity);

  /**
   * Somebody, as an OpenID Connect issuer names her.
   *
   * @param subject unique and never reassigned at the issuer
   * @param verifiedEmail hers, if the issuer has verified it
   */
  record ExternalIdentity(String subject, @Nullable String verifiedEmail, @Nullable String name) {}
}
