package dev.freshcut.sharedevents.webhook;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Encrypts webhooks' secrets for the database (AES-256-GCM). What is sealed for one webhook cannot
 * be opened as another's.
 *
 * <p>The form: 1 byte of version, 4 of the key's name, 12 of nonce, the ciphertext with its tag.
 */
public final class SecretBox {
  private static final int KEY_BYTES = 32;
  private static final byte VERSION = 1;
  private static final int NAME_BYTES = 4;
  private static final int NONCE_BYTES = 12;
  private static final int TAG_BITS = 128;
  private static final String HMAC = "HmacSHA256";

  private final String setting;
  private final SecureRandom random = new SecureRandom();
  private final Map<Integer, SecretKey> keys = new LinkedHashMap<>();

  /**
   * With a setting's keys.
   *
   * @param setting its name, for errors
   * @param texts the first seals, and each opens what it sealed; see {@link #checkKeys}
   */
  public SecretBox(String setting, List<String> texts) {
    checkKeys(setting, texts);
    this.setting = setting;
    for (String text : texts) {
      keys.put(ByteBuffer.wrap(derived(text, "name")).getInt(), key(text));
    }
  }

  /**
   * Refuses keys that could be guessed.
   *
   * @throws IllegalArgumentException if one has fewer than 32 bytes
   */
  public static void checkKeys(String setting, List<String> texts) {
    if (texts.stream().anyMatch(text -> text.getBytes(StandardCharsets.UTF_8).length < KEY_BYTES)) {
      throw new IllegalArgumentException(
          setting
              + " has one that is too short: give every instance the same random texts of at least"
              + " %d bytes (openssl rand -hex 32)".formatted(KEY_BYTES));
    }
  }

  /** Whether there is a key to encrypt with. */
  public boolean isUsable() {
    return !keys.isEmpty();
  }

  /** For a webhook's row. */
  public byte[] seal(long webhookId, byte[] secret) {
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
  public byte[] open(long webhookId, byte[] sealed) {
    ByteBuffer bytes = ByteBuffer.wrap(sealed);
    if (bytes.get() != VERSION) {
      throw new IllegalStateException("a newer version of the service sealed it");
    }
    SecretKey key = keys.get(bytes.getInt());
    if (key == null) {
      throw new IllegalStateException("the key that sealed it is missing in " + setting);
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
