package dev.freshcut.embeddedstack;

import dev.freshcut.embeddedstack.inbox.Mail;
import dev.freshcut.embeddedstack.inbox.Sms;
import java.util.List;

/**
 * A mail server and an SMS provider in this JVM, whatever the {@link ServersOptions.Kind kind} of
 * the others. They take what is sent to anybody, pass nothing on and show it on a page. The latest
 * 1,000 mails, of at most 64 MiB together, and the latest 1,000 SMS are kept.
 */
public interface InboxServer extends AutoCloseable {
  /** Host name or address. */
  String host();

  /** Takes mails by SMTP, without a log-in, of at most 5 MiB each. */
  int smtpPort();

  /**
   * {@code http://host:port}: the page for a browser, and the base URL for SMS, which are sent as
   * to Twilio's API ({@code POST /2010-04-01/Accounts/{account}/Messages.json}).
   */
  String url();

  /** The account that may send SMS. */
  String smsAccount();

  /** The account's password. */
  String smsToken();

  /** Mails, newest first. */
  List<Mail> mails();

  /** SMS, newest first. */
  List<Sms> sms();

  /** Stops listening; what came remains. */
  void stop();

  /**
   * Listens again, on the same ports. Does nothing if it is listening.
   *
   * @throws ServerStartException if a port has been taken
   */
  void start();

  @Override
  void close();
}
