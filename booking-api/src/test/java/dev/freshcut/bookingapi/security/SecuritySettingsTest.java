package dev.freshcut.bookingapi.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/** Each setting's default, that it arrives, and that secrets stay secret. */
class SecuritySettingsTest {
  private static final String SECRET = "0123456789abcdef0123456789abcdef";

  @Test
  void defaults() {
    assertThat(bind(Map.of("secret", SECRET)))
        .isEqualTo(
            new SecuritySettings(SECRET, null, "freshcut", Duration.ofHours(1), List.of(), null));
  }

  @Test
  void everySettingArrives() {
    assertThat(
            bind(
                Map.of(
                    "issuer", "https://id.example.org",
                    "audience", "shop",
                    "token-lifetime", "5m",
                    "cors-origins", "https://a.example.org,http://localhost:3000",
                    "operator.email", "o@example.org",
                    "operator.password", "long enough")))
        .isEqualTo(
            new SecuritySettings(
                null,
                "https://id.example.org",
                "shop",
                Duration.ofMinutes(5),
                List.of("https://a.example.org", "http://localhost:3000"),
                new SecuritySettings.Operator("o@example.org", "long enough")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "short", "0123456789abcdef0123456789abcde"})
  void secretIsRequiredAndLongWithoutAnIssuer(String secret) {
    assertThatThrownBy(() -> bind(Map.of("secret", secret)))
        .rootCause()
        .hasMessageContaining("freshcut.security.secret is ")
        .hasMessageContaining("openssl rand -hex 32");
  }

  @ParameterizedTest
  @CsvSource({
    "issuer, id.example.org",
    "issuer, ftp://id.example.org",
    "audience, ' '",
    "token-lifetime, 59s",
    "token-lifetime, 25h",
    "cors-origins, *",
    "cors-origins, https://*.example.org",
    "cors-origins, https://a.example.org/path",
    "cors-origins, null"
  })
  void bounds(String setting, String value) {
    assertThatThrownBy(() -> bind(Map.of("secret", SECRET, setting, value)))
        .rootCause()
        .hasMessageContaining("freshcut.security." + setting);
  }

  @ParameterizedTest
  @CsvSource({"o@example.org, short", "nobody, long enough"})
  void operatorMustBeAbleToLogIn(String email, String password) {
    assertThatThrownBy(
            () ->
                bind(
                    Map.of(
                        "secret", SECRET, "operator.email", email, "operator.password", password)))
        .rootCause()
        .hasMessageContaining("freshcut.security.operator")
        .hasMessageNotContaining(password);
  }

  @Test
  void secretsAreNotShown() {
    SecuritySettings settings =
        bind(
            Map.of(
                "secret", SECRET,
                "operator.email", "o@example.org",
                "operator.password", "long enough"));

    assertThat(settings.toString() + settings.operator())
        .doesNotContain(SECRET)
        .doesNotContain("long enough");
  }

  private static SecuritySettings bind(Map<String, String> settings) {
    Map<String, String> prefixed = new HashMap<>();
    settings.forEach((name, value) -> prefixed.put("freshcut.security." + name, value));
    return new Binder(new MapConfigurationPropertySource(prefixed))
        .bindOrCreate("freshcut.security", Bindable.of(SecuritySettings.class));
  }
}
