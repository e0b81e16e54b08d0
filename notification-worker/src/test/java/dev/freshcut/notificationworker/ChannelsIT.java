package dev.freshcut.notificationworker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshcut.embeddedstack.InboxServer;
import dev.freshcut.embeddedstack.TestServers;
import dev.freshcut.embeddedstack.inbox.Mail;
import dev.freshcut.embeddedstack.inbox.Sms;
import dev.freshcut.notificationworker.email.EmailConfiguration;
import dev.freshcut.notificationworker.sending.Channel;
import dev.freshcut.notificationworker.sending.Kind;
import dev.freshcut.notificationworker.sending.SendResult;
import dev.freshcut.notificationworker.sending.Sender;
import dev.freshcut.notificationworker.sms.SmsConfiguration;
import dev.freshcut.notificationworker.template.TemplateConfiguration;
import java.time.Clock;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;

/** Both channels by their settings, to servers that are not this module's. */
class ChannelsIT {
  private static final String PREFIX = "freshcut.notifications.";
  private static final InboxServer INBOX = TestServers.shared().inbox();

  private final String address = "ada-" + UUID.randomUUID() + "@example.org";
  private final Samples ada =
      Samples.plain()
          .to(address)
          .calling("+49 151 23456789")
          .readBy(ZoneId.of("America/New_York"))
          .in(Locale.GERMAN);
  private final ApplicationContextRunner context =
      new ApplicationContextRunner()
          .withBean(Clock.class, Clock::systemUTC)
          .withUserConfiguration(
              TemplateConfiguration.class, EmailConfiguration.class, SmsConfiguration.class)
          .withPropertyValues(
              PREFIX + "email.host=" + INBOX.host(),
              PREFIX + "email.port=" + INBOX.smtpPort(),
              PREFIX + "email.security=none",
              PREFIX + "email.from=bookings@fade.example",
              PREFIX + "sms.url=" + INBOX.url(),
              PREFIX + "sms.account=" + INBOX.smsAccount(),
              PREFIX + "sms.from=Fade",
              PREFIX + "sms.token=" + INBOX.smsToken());

  @Test
  void emailArrivesAsItWasWritten() {
    context.run(
        started -> {
          for (Kind kind : Kind.values()) {
            assertThat(sender(started, Channel.EMAIL).send(ada.of(kind)))
                .isInstanceOf(SendResult.Sent.class);
          }
        });

    List<Mail> mails =
        INBOX.mails().stream().filter(mail -> mail.recipients().contains(address)).toList();
    assertThat(mails).hasSize(Kind.values().length);
    assertThat(mails)
        .allSatisfy(
            mail -> {
              assertThat(mail.fault()).isNull();
              assertThat(mail.sender()).isEqualTo("bookings@fade.example");
              assertThat(mail.text()).contains("Guten Tag Ada Byron,");
              assertThat(mail.html()).contains("Guten Tag Ada Byron,");
            });
    assertThat(mails)
        .filteredOn(mail -> mail.subject().startsWith("Bestätigt"))
        .singleElement()
        .satisfies(
            mail ->
                assertThat(mail.calendar())
                    .contains("METHOD:REQUEST", "DTSTART:20270115T130000Z", "SEQUENCE:7"));
  }

  @Test
  void smsArrivesAsItWasWritten() {
    List<SendResult> results = new ArrayList<>();
    context.run(started -> results.add(sender(started, Channel.SMS).send(ada.of(Kind.REMINDER))));

    Sms sms =
        INBOX.sms().stream()
            .filter(each -> results.contains(new SendResult.Sent(each.sid())))
            .findFirst()
            .orElseThrow();
    assertThat(sms.to()).isEqualTo("+4915123456789");
    assertThat(sms.from()).isEqualTo("Fade");
    assertThat(sms.body()).contains("Erinnerung", "8:00 Uhr");
    assertThat(sms.segments()).isEqualTo(1);
  }

  @Test
  void wrongTokenIsNoMessagesFault() {
    context
        .withPropertyValues(PREFIX + "sms.token=guessed")
        .run(
            started ->
                assertThat(sender(started, Channel.SMS).send(ada.of(Kind.REMINDER)))
                    .isInstanceOfSatisfying(
                        SendResult.Down.class,
                        down -> assertThat(down.reason()).contains("20003")));
  }

  private static Sender sender(ApplicationContext context, Channel channel) {
    return context.getBeansOfType(Sender.class).values().stream()
        .filter(each -> each.channel() == channel)
        .findFirst()
        .orElseThrow();
  }
}
