package dev.freshcut.notificationworker.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;

class SignatureTest {
  private static final byte[] SECRET =
      Base64.getDecoder().decode("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");
  private static final byte[] BODY = "{\"test\": 2432232314}".getBytes(StandardCharsets.UTF_8);
  private static final String ID = "msg_p5jXN8AQM9LWM0D4loKWxJek";
  private static final String EXPECTED = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";

  /** The vector that Standard Webhooks' own libraries are tested with. */
  @Test
  void publishedVector() {
    assertThat(Signature.header(ID, 1_614_265_330, BODY, List.of(SECRET))).isEqualTo(EXPECTED);
  }

  @Test
  void oneForEachSecretInTheirOrder() {
    byte[] other = "another secret of 32 bytes......".getBytes(StandardCharsets.UTF_8);

    assertThat(Signature.header(ID, 1_614_265_330, BODY, List.of(other, SECRET)))
        .matches("v1,[A-Za-z0-9+/]{43}= " + java.util.regex.Pattern.quote(EXPECTED));
  }
}
