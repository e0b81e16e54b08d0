package dev.freshcut.bookingapi.web;

import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What is in front of the service.
 *
 * @param trustedProxies addresses, or networks such as {@code 10.0.0.0/8}, of the proxies whose
 *     {@code X-Forwarded-For} is believed; none by default, at most 100
 */
@ConfigurationProperties("freshcut.web")
public record WebSettings(@DefaultValue List<String> trustedProxies) {
  private static final int MOST = 100;

  /**
   * Checks the networks' form.
   *
   * @throws IllegalArgumentException with the setting, the reason and the mend
   */
  public WebSettings {
    trustedProxies = trustedProxies.stream().map(String::strip).toList();
    if (trustedProxies.size() > MOST) {
      throw new IllegalArgumentException(
          "freshcut.web.trusted-proxies has more than " + MOST + " entries; name networks");
    }
    trustedProxies.forEach(Network::parse);
  }
}
