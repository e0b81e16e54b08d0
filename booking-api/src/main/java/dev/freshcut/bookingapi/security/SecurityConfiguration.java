package dev.freshcut.bookingapi.security;

import jakarta.servlet.DispatcherType;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.security.config.ObjectPostProcessor;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.config.observation.SecurityObservationSettings;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.server.resource.web.authentication.BearerTokenAuthenticationFilter;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.web.cors.CorsConfiguration;
import org.springframework.web.cors.CorsConfigurationSource;
import org.springframework.web.cors.UrlBasedCorsConfigurationSource;
import org.springframework.web.servlet.HandlerExceptionResolver;

/**
 * The filter chains. Under {@code /api} the handlers declare who may call them ({@link Access});
 * everything else is listed here, and what is not listed is denied.
 */
@Configuration(proxyBeanMethods = false)
class SecurityConfiguration {
  private static final String API = "/api/**";
  private static final String[] DOCUMENTATION = {
    "/docs", "/swagger-ui/**", "/v3/api-docs", "/v3/api-docs.yaml", "/v3/api-docs/**"
  };

  @Bean
  JwtDecoder jwtDecoder(SecuritySettings settings, Clock clock) {
    return TokenDecoders.of(settings, clock);
  }

  /**
   * By default each of Spring Security's filters is an observation of its own, and each request has
   * ten: a third of what a request costs before its handler. Authentications and authorizations are
   * not observed either: who is refused shows in the requests, which stay counted, by their status.
   */
  @Bean
  SecurityObservationSettings unobservedFilters() {
    return SecurityObservationSettings.noObservations();
  }

  @Bean
  Refusals refusals(@Qualifier("handlerExceptionResolver") HandlerExceptionResolver problems) {
    return new Refusals(problems);
  }

  @Bean
  TokenToCaller tokenToCaller(Accounts accounts, SecuritySettings settings) {
    return new TokenToCaller(accounts, settings);
  }

  @Bean
  @Order(1)
  SecurityFilterChain operations(
      HttpSecurity http, Refusals refusals, TokenToCaller callers, JwtDecoder decoder)
      throws Exception {
    http.securityMatcher("/actuator", "/actuator/**")
        .authorizeHttpRequests(
            requests ->
                requests
                    .requestMatchers("/actuator/health", "/actuator/health/**")
                    .permitAll()
                    .anyRequest()
                    .hasRole(Role.OPERATOR.text()));
    return withTokens(http, refusals, callers, decoder).build();
  }

  @Bean
  @Order(2)
  SecurityFilterChain documentation(HttpSecurity http) throws Exception {
    http.securityMatcher(DOCUMENTATION)
        .authorizeHttpRequests(requests -> requests.anyRequest().permitAll());
    return common(http).build();
  }

  @Bean
  @Order(3)
  SecurityFilterChain api(
      HttpSecurity http,
      Refusals refusals,
      TokenToCaller callers,
      JwtDecoder decoder,
      SecuritySettings settings)
      throws Exception {
    http.securityMatcher(API)
        // Decided by what the handler declares, see AccessInterceptor.
        .authorizeHttpRequests(requests -> requests.anyRequest().permitAll());
    if (!settings.corsOrigins().isEmpty()) {
      http.cors(cors -> cors.configurationSource(origins(settings.corsOrigins())));
    }
    return withTokens(http, refusals, callers, decoder).build();
  }

  @Bean
  @Order(4)
  SecurityFilterChain everythingElse(HttpSecurity http) throws Exception {
    http.authorizeHttpRequests(
            requests ->
                requests
                    .dispatcherTypeMatchers(DispatcherType.ERROR)
                    .permitAll()
                    .anyRequest()
                    .denyAll())
        .exceptionHandling(
            denied ->
                denied
                    .authenticationEntryPoint(
                        (request, response, e) -> Refusals.nothingHere(response))
                    .accessDeniedHandler((request, response, e) -> Refusals.nothingHere(response)));
    return common(http).build();
  }

  private static HttpSecurity withTokens(
      HttpSecurity http, Refusals refusals, TokenToCaller callers, JwtDecoder decoder)
      throws Exception {
    return common(http)
        .exceptionHandling(
            denied ->
                denied
                    .authenticationEntryPoint(refusals::unknown)
                    .accessDeniedHandler((request, response, e) -> Refusals.forbidden(response)))
        .oauth2ResourceServer(
            tokens ->
                tokens
                    .authenticationEntryPoint(refusals::unknown)
                    .jwt(jwt -> jwt.decoder(decoder).jwtAuthenticationConverter(callers))
                    .withObjectPostProcessor(answerFailures(refusals)));
  }

  /** By default a fault of the database's would be thrown to the container. */
  private static ObjectPostProcessor<BearerTokenAuthenticationFilter> answerFailures(
      Refusals refusals) {
    return new ObjectPostProcessor<>() {
      @Override
      public <F extends BearerTokenAuthenticationFilter> F postProcess(F filter) {
        filter.setAuthenticationFailureHandler(refusals::unknown);
        return filter;
      }
    };
  }

  /** No sessions and no cookies, so that there is nothing for a forged request to ride on. */
  private static HttpSecurity common(HttpSecurity http) throws Exception {
    return http.sessionManagement(
            sessions -> sessions.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
        .csrf(AbstractHttpConfigurer::disable)
        .logout(AbstractHttpConfigurer::disable)
        .requestCache(AbstractHttpConfigurer::disable)
        .headers(AbstractHttpConfigurer::disable);
  }

  private static CorsConfigurationSource origins(List<String> origins) {
    CorsConfiguration configuration = new CorsConfiguration();
    configuration.setAllowedOrigins(origins);
    configuration.setAllowedMethods(List.of("GET", "HEAD", "POST", "PATCH", "DELETE"));
    configuration.setAllowedHeaders(
        List.of(
            HttpHeaders.AUTHORIZATION,
            HttpHeaders.CONTENT_TYPE,
            HttpHeaders.CACHE_CONTROL,
            HttpHeaders.IF_MATCH,
            HttpHeaders.IF_NONE_MATCH,
            "Idempotency-Key",
            "Consistency-Token"));
    configuration.setExposedHeaders(
        List.of(
            HttpHeaders.LOCATION,
            HttpHeaders.ETAG,
            HttpHeaders.AGE,
            HttpHeaders.RETRY_AFTER,
            HttpHeaders.WWW_AUTHENTICATE,
            "Cache-Status",
            "Consistency-Token",
            "Idempotency-Replayed",
            "RateLimit",
            "RateLimit-Policy"));
    configuration.setMaxAge(Duration.ofMinutes(10));
    UrlBasedCorsConfigurationSource source = new UrlBasedCorsConfigurationSource();
    source.registerCorsConfiguration(API, configuration);
    return source;
  }
}
