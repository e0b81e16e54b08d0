package dev.freshcut.bookingapi.security;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.springframework.http.client.SimpleClientHttpRequestFactory;
import org.springframework.security.oauth2.core.DelegatingOAuth2TokenValidator;
import org.springframework.security.oauth2.core.OAuth2TokenValidator;
import org.springframework.security.oauth2.jose.jws.MacAlgorithm;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtAudienceValidator;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtDecoderInitializationException;
import org.springframework.security.oauth2.jwt.JwtException;
import org.springframework.security.oauth2.jwt.JwtIssuerValidator;
import org.springframework.security.oauth2.jwt.JwtTimestampValidator;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;
import org.springframework.security.oauth2.jwt.SupplierJwtDecoder;
import org.springframework.web.client.RestTemplate;

/** Checks tokens: signature, issuer, audience, and that they have not expired. */
final class TokenDecoders {
  /** By how much the issuer's clock may be off; the own login's is this service's. */
  private static final Duration SKEW = Duration.ofSeconds(30);

  /** For an answer of the issuer's, of which a request may need two. */
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private TokenDecoders() {}

  static JwtDecoder of(SecuritySettings settings, Clock clock) {
    String issuer = settings.issuer();
    return issuer == null ? ofLogin(settings, clock) : ofIssuer(issuer, settings, clock);
  }

  /** One algorithm only: a token cannot choose another, or none. */
  private static JwtDecoder ofLogin(SecuritySettings settings, Clock clock) {
    NimbusJwtDecoder decoder =
        NimbusJwtDecoder.withSecretKey(Tokens.key(settings))
            .macAlgorithm(MacAlgorithm.HS256)
            .build();
    decoder.setJwtValidator(validator(Tokens.ISSUER, Duration.ZERO, settings, clock));
    return decoder;
  }

  /** Asks the issuer for its keys when the first token comes, so that it may be away before. */
  private static JwtDecoder ofIssuer(String issuer, SecuritySettings settings, Clock clock) {
    SimpleClientHttpRequestFactory requests = new SimpleClientHttpRequestFactory();
    requests.setConnectTimeout(PATIENCE);
    requests.setReadTimeout(PATIENCE);
    SupplierJwtDecoder lazy =
        new SupplierJwtDecoder(
            () -> {
              NimbusJwtDecoder decoder =
                  NimbusJwtDecoder.withIssuerLocation(issuer)
                      .discoverJwsAlgorithms()
                      .restOperations(new RestTemplate(requests))
                      .build();
              decoder.setJwtValidator(validator(issuer, SKEW, settings, clock));
              return decoder;
            });
    return token -> {
      try {
        return lazy.decode(token);
      } catch (JwtDecoderInitializationException e) {
        throw new JwtException("the issuer does not say where its keys are", e);
      }
    };
  }

  private static OAuth2TokenValidator<Jwt> validator(
      String issuer, Duration skew, SecuritySettings settings, Clock clock) {
    JwtTimestampValidator times = new JwtTimestampValidator(skew);
    times.setClock(clock);
    times.setAllowEmptyExpiryClaim(false);
    return new DelegatingOAuth2TokenValidator<>(
        List.of(
            times, new JwtIssuerValidator(issuer), new JwtAudienceValidator(settings.audience())));
  }
}
