package dev.freshcut.bookingapi.idempotency;

import dev.freshcut.bookingapi.security.SecuritySettings;
import dev.freshcut.bookingapi.web.BodyLimit;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.Objects;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.springframework.stereotype.Component;

/**
 * Tells requests from others by their method, address and body. Keyed (HMAC-SHA-256), as bodies may
 * have passwords: who reads the stored fingerprints cannot try passwords against them.
 */
@Component
final class Fingerprints {
  private static final String ALGORITHM = "HmacSHA256";

  private final SecretKeySpec key;

  Fingerprints(SecuritySettings settings) {
    this.key = new SecretKeySpec(settings.keyFor("idempotency fingerprints"), ALGORITHM);
  }

  /** 64 hexadecimal digits. */
  String of(HttpServletRequest request) {
    String line =
        "%s %s?%s\n"
            .formatted(
                request.getMethod(),
                request.getRequestURI(),
                Objects.requireNonNullElse(request.getQueryString(), ""));
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(key);
      mac.update(line.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(mac.doFinal(BodyLimit.body(request)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e); // every Java has it
    }
  }
}
