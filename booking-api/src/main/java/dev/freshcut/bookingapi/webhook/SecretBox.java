package dev.freshcut.bookingapi.webhook;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.springframework.stereotype.Component;

/**
 * Encrypts webhooks' secrets for the database (AES-256-GCM). What is sealed for one webhook cannot
 * be opened as another's.
 *
 * <p>The form: 1 byte of version, 4 of the key's name, 12 of nonce, the ciphertext with its tag.
 */
@Component
final class SecretBox {
  private static final byte VERSION = 1;
  private static final int NAME_BYTES = 4;
  private static final int NONCE_BYTES = 12;
  private static final int TAG_BITS = 128;
  private static final String HMAC = "HmacSHA256";

  private final SecureRandom random = new SecureRandom();
  private final Map<Integer, SecretKey> keys = new LinkedHashMap<>();

  SecretBox(WebhookSettings settings) {
    for (String text : settings.keys()) {
      keys.put(ByteBuffer.wrap(derived(text, "name")).getInt(), key(text));
    }
  }

  /** Whether there is a key to encrypt with. */
  boolean isUsable() {
    return !keys.isEmpty();
  }

  /** For a webhook's row. */
  byte[] seal(long webhookId, byte[] secret) {
    Map.Entry<Integer, SecretKey> first = keys.entrySet().iterator().next();
    byte[] nonce = new byte[NONCE_BYTES];
    random.nextBytes(nonce);
    byte[] sealed = crypt(Cipher.ENCRYPT_MODE, first.getValue(), nonce, webhookId, secret);
    return ByteBuffer.allocate(1 + NAME_BYTES + NONCE_BYTES + sealed.length)
        .put(VERSION)
        .putInt(first.getKey())
        .put(nonce)
        .put(sealed)
        .array();
  }

  /**
   * The secret, to sign with.
   *
   * @throws IllegalStateException if its key is none of the settings', or it is not this webhook's
   */
  byte[] open(long webhookId, byte[] sealed) {
    ByteBuffer bytes = ByteBuffer.wrap(sealed);
    if (bytes.get() != VERSION) {
      throw new IllegalStateException("a newer version of the service sealed it");
    }
    SecretKey key = keys.get(bytes.getInt());
    if (key == null) {
      throw new IllegalStateException(
          "the key that sealed it is missing in freshcut.webhooks.keys");
    }
    byte[] nonce = new byte[NONCE_BYTES];
    bytes.get(nonce);
    byte[] rest = Arrays.copyOfRange(sealed, bytes.position(), sealed.length);
    return crypt(Cipher.DECRYPT_MODE, key, nonce, webhookId, rest);
  }

  private static byte[] crypt(int mode, SecretKey key, byte[] nonce, long webhookId, byte[] data) {
    try {
      Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
      cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
      cipher.updateAAD(ByteBuffer.allocate(Long.BYTES).putLong(webhookId).array());
      return cipher.doFinal(data);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the secret of webhook " + webhookId + " is not readable", e);
    }
  }

  private static SecretKey key(String text) {
    return new SecretKeySpec(derived(text, "encryption"), "AES");
  }

  /** A key for each purpose, as the text may be used for others elsewhere. */
  private static byte[] derived(String text, String purpose) {
    try {
      Mac mac = Mac.getInstance(HMAC);
      mac.init(new SecretKeySpec(text.getBytes(StandardCharsets.UTF_8), HMAC));
      return mac.doFinal(("freshcut webhooks " + purpose).getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e); // every Java has it
    }
  }
}
