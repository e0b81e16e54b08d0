package dev.freshcut.bookingapi.security;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.springframework.security.oauth2.jose.jws.MacAlgorithm;
import org.springframework.security.oauth2.jwt.JwsHeader;
import org.springframework.security.oauth2.jwt.JwtClaimsSet;
import org.springframework.security.oauth2.jwt.JwtEncoder;
import org.springframework.security.oauth2.jwt.JwtEncoderParameters;
import org.springframework.security.oauth2.jwt.NimbusJwtEncoder;
import org.springframework.stereotype.Component;

/** Issues the own login's tokens. They say who somebody is, never what she may do. */
@Component
public final class Tokens {
  /** The {@code iss} of these tokens. */
  static final String ISSUER = "freshcut";

  /** {@link Account#credentialsVersion()} as a claim. */
  static final String CREDENTIALS_VERSION = "cv";

  private final SecuritySettings settings;
  private final Clock clock;

  Tokens(SecuritySettings settings, Clock clock) {
    this.settings = settings;
    this.clock = clock;
  }

  /**
   * A token as RFC 6750 has it borne.
   *
   * @param expiresAt it is refused from then on
   */
  public record Issued(String value, Instant expiresAt) {
    /** Without the token. */
    @Override
    public String toString() {
      return "Issued[expiresAt=" + expiresAt + "]";
    }
  }

  /**
   * A token for a user.
   *
   * @param credentialsVersion of her account
   */
  public Issued issue(long userId, long credentialsVersion) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
    Instant end = now.plus(settings.tokenLifetime());
    JwtClaimsSet claims =
        JwtClaimsSet.builder()
            .issuer(ISSUER)
            .subject(Long.toString(userId))
            .audience(List.of(settings.audience()))
            .issuedAt(now)
            .expiresAt(end)
            .claim(CREDENTIALS_VERSION, credentialsVersion)
            .build();
    JwsHeader header = JwsHeader.with(MacAlgorithm.HS256).build();
    JwtEncoder encoder = NimbusJwtEncoder.withSecretKey(key(settings)).build();
    return new Issued(
        encoder.encode(JwtEncoderParameters.from(header, claims)).getTokenValue(), end);
  }

  static SecretKey key(SecuritySettings settings) {
    return new SecretKeySpec(settings.secretBytes(), "HmacSHA256");
  }
}
