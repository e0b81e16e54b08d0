package dev.freshcut.bookingapi.security;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.freshcut.bookingapi.Bounds;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Whose tokens are taken.
 *
 * @param secret signs the tokens of this service's own login; at least 32 bytes, the same on every
 *     instance; required unless there is an issuer, and unused then
 * @param issuer an OpenID Connect issuer ({@code https://…}) whose tokens are taken instead; its
 *     keys are found by discovery
 * @param audience what a token must name as its audience
 * @param tokenLifetime of the own login's tokens, 1 min to 24 h
 * @param corsOrigins pages of these origins may call the service from a browser; none by default
 * @param operator the first operator, made at the start if there is none
 */
@ConfigurationProperties("freshcut.security")
public record SecuritySettings(
    @Nullable String secret,
    @Nullable String issuer,
    @DefaultValue("freshcut") String audience,
    @DefaultValue("1h") Duration tokenLifetime,
    @DefaultValue List<String> corsOrigins,
    @Nullable Operator operator) {
  private static final int SECRET_BYTES = 32;

  /**
   * Credentials of an operator.
   *
   * @param email to log in with
   * @param password as strict as any user's; unused where there is an issuer
   */
  public record Operator(String email, @Nullable String password) {
    /** Without the password. */
    @Override
    public String toString() {
      return "Operator[email=" + email + "]";
    }
  }

  /**
   * Checks what can be checked without the network.
   *
   * @throws IllegalArgumentException with the setting, the reason and the mend
   */
  public SecuritySettings {
    corsOrigins = List.copyOf(corsOrigins);
    if (issuer == null || issuer.isBlank()) {
      issuer = null;
      if (secret == null || secret.getBytes(UTF_8).length < SECRET_BYTES) {
        throw new IllegalArgumentException(
            "freshcut.security.secret is %s: give every instance the same random text of at least"
                    .formatted(secret == null || secret.isEmpty() ? "missing" : "too short")
                + " %d bytes (openssl rand -hex 32), or set freshcut.security.issuer"
                    .formatted(SECRET_BYTES));
      }
    } else if (!issuer.matches("https?://\\S+")) {
      throw new IllegalArgumentException(
          "freshcut.security.issuer is " + issuer + ", must be the https address of an issuer");
    }
    if (audience.isBlank()) {
      throw new IllegalArgumentException("freshcut.security.audience must not be blank");
    }
    Bounds.between(
        "freshcut.security.token-lifetime",
        tokenLifetime,
        Duration.ofMinutes(1),
        Duration.ofHours(24));
    if (operator != null && (issuer == null) && !mayLogIn(operator)) {
      throw new IllegalArgumentException(
          "freshcut.security.operator needs an email, and a password of %d to %d characters"
              .formatted(Passwords.MIN_LENGTH, Passwords.MAX_LENGTH));
    }
    for (String origin : corsOrigins) {
      if (!origin.matches("https?://[^/*\\s]+")) {
        throw new IllegalArgumentException(
            "freshcut.security.cors-origins has "
                + origin
                + ", must be origins such as https://app.example.org, without path or wildcard");
      }
    }
  }

  private static boolean mayLogIn(Operator operator) {
    String password = operator.password();
    return operator.email().matches("[^@\\s]+@[^@\\s]+")
        && password != null
        && password.length() >= Passwords.MIN_LENGTH
        && password.length() <= Passwords.MAX_LENGTH;
  }

  /** Whether users log in here, and not at an issuer. */
  public boolean hasLogin() {
    return issuer == null;
  }

  /** The secret, which is there if the service {@linkplain #hasLogin has its own login}. */
  byte[] secretBytes() {
    return Objects.requireNonNull(secret).getBytes(UTF_8);
  }

  /**
   * A key that follows from the secret, for one purpose. Where users log in at an issuer there may
   * be no secret, and no passwords that it would protect: the key is no secret then.
   */
  public byte[] keyFor(String purpose) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      byte[] from = (secret == null || secret.isEmpty() ? "none" : secret).getBytes(UTF_8);
      mac.init(new SecretKeySpec(from, mac.getAlgorithm()));
      return mac.doFinal(purpose.getBytes(UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e); // every Java has it
    }
  }

  /** Without secret and password. */
  @Override
  public String toString() {
    return "SecuritySettings[issuer=" + issuer + ", audience=" + audience + "]";
  }
}
