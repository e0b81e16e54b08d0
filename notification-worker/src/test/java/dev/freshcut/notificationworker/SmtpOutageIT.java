package dev.freshcut.notificationworker;

import static dev.freshcut.notificationworker.WorkerFixture.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freshcut.notificationworker.email.MailFixture;
import dev.freshcut.notificationworker.sending.Sender;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** An hour without a real mail server. */
@ExtendWith(SharedWorker.class)
class SmtpOutageIT {
  private static final int MANY = 4;

  private final WorkerFixture fixture;
  private final Shop shop;
  private final MailFixture away = new MailFixture();
  private final MailFixture back = new MailFixture();

  SmtpOutageIT(WorkerFixture fixture) throws IOException {
    this.fixture = fixture;
    this.shop = new Shop(fixture, Shop.BERLIN);
  }

  @AfterEach
  void close() throws IOException {
    away.close();
    back.close();
  }

  @Test
  void whereItRefusesConnectionsNothingIsLost() throws Exception {
    away.refuse();
    anHour(away.hastySender());
    assertThat(fixture.email.ids()).isEmpty();
    recovered();
  }

  @Test
  void whereItFallsSilentWithinMessagesNothingIsLost() throws Exception {
    away.fallSilent();
    anHour(away.hastySender());
    assertThat(fixture.email.ids()).isEmpty();
    recovered();
  }

  private void anHour(Sender sender) {
    fixture.email.answer(sender::send);
    for (int i = 0; i < MANY; i++) {
      shop.booked(shop.inDays(2 + i));
    }
    fixture.stream();
    eventually().until(() -> fixture.email.asked() >= 3);
    for (int minute = 0; minute < 60; minute += 15) {
      int before = fixture.email.asked();
      eventually().until(() -> fixture.status("email").running() == 0);
      fixture.pass(Duration.ofMinutes(15));
      eventually().until(() -> fixture.email.asked() > before);
    }
    eventually().until(() -> fixture.status("email").running() == 0);
    assertThat(fixture.status("email").dead()).isZero();
  }

  private void recovered() {
    fixture.email.answer(back.sender()::send);
    fixture.pass(Duration.ofMinutes(15));
    assertThat(back.received(MANY))
        .extracting(MimeMessage::getMessageID)
        .doesNotHaveDuplicates()
        .allMatch(id -> id.startsWith("<confirmed"));
    eventually().until(() -> fixture.email.ids().size() == MANY);
    assertThat(fixture.status("email").dead()).isZero();
  }
}
