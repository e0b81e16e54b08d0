package dev.freshcut.bookingapi.notification;

/** Addresses that the notification worker can put into a letter's header. */
final class Mailboxes {
  private static final String ATOM = "[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+";
  private static final String LABEL = "[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?";

  /** Without quotes, and with a domain as it is sent: international ones begin with xn--. */
  static final String FORM =
      "(?=[^@]{1,64}@)" + ATOM + "(?:\\." + ATOM + ")*@(?:" + LABEL + "\\.)+" + LABEL;

  static final String MESSAGE = "must be an email address such as desk@fade.example";

  private Mailboxes() {}
}
