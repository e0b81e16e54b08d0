package dev.freshcut.embeddedstack.inbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MessagesTest {
  private final Messages messages = new Messages(Clock.fixed(Instant.EPOCH, ZoneOffset.UTC));

  private void mail(String source) {
    messages.addMail(
        (id, at) ->
            new Mail(id, at, "", List.of(), Map.of(), null, null, null, List.of(), source, null));
  }

  private void sms(String body) {
    messages.addSms((id, at) -> new Sms(id, at, "SM", "f", "t", body, 1));
  }

  @Test
  void newestFirstAndOnlyTheLatestOfEach() {
    sms("first");
    for (int i = 1; i <= Messages.KEPT + 1; i++) {
      mail("mail " + i);
    }

    assertThat(messages.mails()).hasSize(Messages.KEPT);
    assertThat(messages.mails().getFirst().source()).isEqualTo("mail " + (Messages.KEPT + 1));
    assertThat(messages.mails().getLast().source()).isEqualTo("mail 2");
    assertThat(messages.all()).hasSize(Messages.KEPT + 1);
    assertThat(messages.all().getLast()).isInstanceOf(Sms.class);
    assertThat(messages.find(2)).isEmpty();
    assertThat(messages.find(1)).get().isInstanceOf(Sms.class);

    for (int i = 0; i < Messages.KEPT; i++) {
      sms("later");
    }
    assertThat(messages.sms()).hasSize(Messages.KEPT).noneMatch(sms -> sms.body().equals("first"));
  }

  @Test
  void ofLargeMailsFewer() {
    String large = "x".repeat(Messages.KEPT_CHARACTERS / 4);
    for (int i = 0; i < 6; i++) {
      mail(large);
    }
    assertThat(messages.mails()).hasSize(4);
  }
}
