package dev.freshcut.sharedevents.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class SecretBoxTest {
  private static final String OLD = "0123456789abcdef0123456789abcdef";
  private static final String NEW = "fedcba9876543210fedcba9876543210";
  private static final byte[] SECRET = "secret".getBytes(StandardCharsets.UTF_8);

  @Test
  void opensWhatItSealed() {
    byte[] sealed = box(OLD).seal(7, SECRET);

    assertThat(box(OLD).open(7, sealed)).isEqualTo(SECRET);
    assertThat(new String(sealed, StandardCharsets.ISO_8859_1)).doesNotContain("secret");
    assertThat(box(OLD).seal(7, SECRET)).isNotEqualTo(sealed);
  }

  @Test
  void firstKeySealsAndAllOpen() {
    byte[] old = box(OLD).seal(7, SECRET);
    byte[] sealed = box(NEW, OLD).seal(7, SECRET);

    assertThat(box(NEW, OLD).open(7, old)).isEqualTo(SECRET);
    assertThat(box(NEW).open(7, sealed)).isEqualTo(SECRET);
    assertThatThrownBy(() -> box(NEW).open(7, old)).hasMessageContaining("freshcut.webhooks.keys");
    assertThat(box().isUsable()).isFalse();
  }

  @Test
  void isNobodyElsesAndWhole() {
    byte[] sealed = box(OLD).seal(7, SECRET);

    assertThatThrownBy(() -> box(OLD).open(8, sealed)).hasMessageContaining("webhook 8");
    for (int i = 5; i < sealed.length; i++) {
      byte[] changed = sealed.clone();
      changed[i] ^= 1;
      assertThatThrownBy(() -> box(OLD).open(7, changed)).isInstanceOf(IllegalStateException.class);
    }
    sealed[0] = 2;
    assertThatThrownBy(() -> box(OLD).open(7, sealed)).hasMessageContaining("newer version");
  }

  @Test
  void shortKeyIsRefusedAndNotTold() {
    assertThatThrownBy(() -> box("short"))
        .hasMessageContaining("freshcut.webhooks.keys")
        .hasMessageNotContaining("short ");
  }

  private static SecretBox box(String... keys) {
    return new SecretBox("freshcut.webhooks.keys", List.of(keys));
  }
}
