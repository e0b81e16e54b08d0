package dev.freshcut.notificationworker.webhook;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Signatures as https://www.standardwebhooks.com has them, symmetric, version 1. */
final class Signature {
  private static final String HMAC = "HmacSHA256";

  private Signature() {}

  /**
   * The header's value: one signature for each secret, so that receivers that know any of them can
   * check it.
   *
   * @param id of the event, without full stops
   * @param timestamp of the attempt, in seconds since 1970
   * @param body the bytes that are sent
   */
  static String header(String id, long timestamp, byte[] body, List<byte[]> secrets) {
    return secrets.stream()
        .map(secret -> "v1," + one(id, timestamp, body, secret))
        .collect(Collectors.joining(" "));
  }

  private static String one(String id, long timestamp, byte[] body, byte[] secret) {
    try {
      Mac mac = Mac.getInstance(HMAC);
      mac.init(new SecretKeySpec(secret, HMAC));
      mac.update((id + "." + timestamp + ".").getBytes(StandardCharsets.UTF_8));
      return Base64.getEncoder().encodeToString(mac.doFinal(body));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e); // every Java has it
    }
  }
}
