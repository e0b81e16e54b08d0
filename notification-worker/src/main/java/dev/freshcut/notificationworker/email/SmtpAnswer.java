package dev.freshcut.notificationworker.email;

import dev.freshcut.notificationworker.sending.SendResult;
import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.MessagingException;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.jspecify.annotations.Nullable;

/**
 * What a mail server's refusal means (RFC 5321, enhanced codes of RFC 3463). What one message or
 * one mailbox causes must not hold up the others; what meets every message must not use up their
 * attempts.
 *
 * @param step of the dialogue at which it came
 * @param code such as 550
 * @param subject second number of the enhanced code: 1 address, 2 mailbox, 3 system, 4 network, 5
 *     protocol, 6 content, 7 policy; 0 without one
 * @param detail third number of it
 * @param text the answer, cut, without addresses
 */
record SmtpAnswer(Step step, int code, int subject, int detail, String text) {
  /** Where in the dialogue. */
  enum Step {
    SENDER,
    RECIPIENT,
    CONTENT
  }

  /** How long a server that has enough is left alone: SMTP has no words for how long. */
  static final Duration PAUSE = Duration.ofSeconds(60);

  private static final Pattern ENHANCED = Pattern.compile("[245]\\.(\\d{1,3})\\.(\\d{1,3})\\b");
  private static final Pattern ADDRESS = Pattern.compile("\\S*@\\S*");
  private static final int LONGEST_TEXT = 200;

  private static final int ADDRESSING = 1;
  private static final int MAILBOX = 2;
  private static final int MAILBOX_FULL = 2;
  private static final int SYSTEM = 3;
  private static final int TOO_BIG = 4;
  private static final int CONTENT_FORM = 6;
  private static final int POLICY = 7;

  /** The server's answer that a failure is about; null if there was none, as the line broke. */
  static @Nullable SmtpAnswer of(MessagingException failure) {
    for (Exception e = failure; e != null; e = next(e)) {
      if (e instanceof SMTPAddressFailedException refused && refused.getReturnCode() > 0) {
        return of(Step.RECIPIENT, refused.getReturnCode(), refused.getMessage());
      }
      if (e instanceof SMTPSendFailedException refused && refused.getReturnCode() > 0) {
        Step step = refused.getCommand().startsWith("MAIL ") ? Step.SENDER : Step.CONTENT;
        return of(step, refused.getReturnCode(), refused.getMessage());
      }
    }
    return null;
  }

  /** Whether the server refused the login. */
  static boolean isLogin(MessagingException failure) {
    return failure instanceof AuthenticationFailedException;
  }

  private static @Nullable Exception next(Exception e) {
    return e instanceof MessagingException failure ? failure.getNextException() : null;
  }

  private static SmtpAnswer of(Step step, int code, @Nullable String answer) {
    String text = withoutAddresses(answer);
    Matcher enhanced = ENHANCED.matcher(text);
    return enhanced.find()
        ? new SmtpAnswer(
            step,
            code,
            Integer.parseInt(enhanced.group(1)),
            Integer.parseInt(enhanced.group(2)),
            text)
        : new SmtpAnswer(step, code, 0, 0, text);
  }

  /** One line of it, for operators, without personal data. */
  static String withoutAddresses(@Nullable String answer) {
    String line = answer == null ? "" : answer.replaceAll("\\s+", " ").strip();
    String safe = ADDRESS.matcher(line).replaceAll("…");
    return safe.length() <= LONGEST_TEXT ? safe : safe.substring(0, LONGEST_TEXT);
  }

  /** Whether the server ends the connection, as it does after many messages, too. */
  boolean isClosing() {
    return code == 421;
  }

  SendResult result() {
    if (isClosing()) {
      return throttled();
    }
    return code < 500 ? temporary() : permanent();
  }

  private SendResult temporary() {
    boolean ofThisMessage =
        switch (step) {
          case SENDER -> false;
          case RECIPIENT -> subject == 0 ? code == 450 : isOfMailbox() || subject == POLICY;
          case CONTENT -> isOfMailbox() || subject == CONTENT_FORM || subject == POLICY;
        };
    return ofThisMessage ? new SendResult.Temporary(reason()) : throttled();
  }

  private SendResult permanent() {
    if (code == 530 || code == 535 || code == 538) {
      return new SendResult.Down("the mail server wants another login: " + text);
    }
    if (code <= 504 && code != 501) {
      // The dialogue went wrong, perhaps by an answer that came late.
      return new SendResult.Temporary(reason());
    }
    if (subject == MAILBOX && detail == MAILBOX_FULL) {
      return new SendResult.Temporary(reason());
    }
    return switch (step) {
      case SENDER ->
          subject == SYSTEM && detail == TOO_BIG
              ? new SendResult.Permanent(reason())
              : new SendResult.Down("the mail server refuses the sender's address: " + text);
      case RECIPIENT ->
          subject <= MAILBOX
              ? new SendResult.Permanent(reason())
              : new SendResult.Temporary(reason());
      case CONTENT -> new SendResult.Permanent(reason());
    };
  }

  private boolean isOfMailbox() {
    return subject == ADDRESSING || subject == MAILBOX;
  }

  private SendResult throttled() {
    return new SendResult.Throttled(reason(), PAUSE);
  }

  private String reason() {
    return "the mail server said: " + text;
  }
}
