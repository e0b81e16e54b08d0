package dev.freshcut.notificationworker.email;

import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import java.net.IDN;
import java.util.Optional;
import java.util.regex.Pattern;

/** Checks email addresses. */
final class Mailbox {
  /** What is before the at sign: nothing that would need quotes, which hardly anybody has. */
  private static final Pattern LOCAL = Pattern.compile("[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]{1,64}");

  private static final int LONGEST = 254;

  private Mailbox() {}

  /**
   * An address as it goes over the line, its domain in Punycode; nothing if there can't be such a
   * mailbox, or mail servers in general can't send to it.
   */
  static Optional<String> of(String typed) {
    String address = typed.strip();
    int at = address.lastIndexOf('@');
    if (at < 1 || !LOCAL.matcher(address.substring(0, at)).matches()) {
      return Optional.empty();
    }
    try {
      String domain = IDN.toASCII(address.substring(at + 1), IDN.USE_STD3_ASCII_RULES);
      String written = address.substring(0, at) + "@" + domain;
      new InternetAddress(written, true);
      return written.length() <= LONGEST ? Optional.of(written) : Optional.empty();
    } catch (AddressException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
