package dev.freshcut.notificationworker.email;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshcut.notificationworker.template.EmailText;
import jakarta.mail.Session;
import java.time.Instant;
import java.util.Properties;
import org.junit.jupiter.api.Test;

class LetterTest {
  @Test
  void addressesInLinksAreEncoded() throws Exception {
    Letter letter =
        new Letter(
            "<1@fade.example>",
            new Invitation.Person("Fade", "bookings@fade.example"),
            new Invitation.Person("Ada", "ada@example.org"),
            "a%b+c&d?cc=e@fade.example",
            true,
            new EmailText("Reminder", "plain", "html"),
            null,
            Instant.EPOCH);

    assertThat(letter.message(Session.getInstance(new Properties())).getHeader("List-Unsubscribe"))
        .containsExactly("<mailto:a%25b%2Bc%26d%3Fcc%3De@fade.example?subject=unsubscribe>");
  }
}
