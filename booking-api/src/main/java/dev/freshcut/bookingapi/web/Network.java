package dev.freshcut.bookingapi.web;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A range of IP addresses.
 *
 * @param prefix how many leading bits its addresses have in common
 */
record Network(InetAddress first, int prefix) {
  /** Anything else might be taken for a name and looked up. */
  private static final Pattern LITERAL =
      Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}|[0-9a-fA-F:.]*:[0-9a-fA-F:.]*");

  /**
   * Reads an address or {@code address/prefix}.
   *
   * @throws IllegalArgumentException with the setting, the reason and the mend
   */
  static Network parse(String text) {
    int slash = text.indexOf('/');
    Optional<InetAddress> address = address(slash < 0 ? text : text.substring(0, slash));
    if (address.isPresent()) {
      int bits = address.get().getAddress().length * Byte.SIZE;
      String length = slash < 0 ? Integer.toString(bits) : text.substring(slash + 1);
      if (length.matches("\\d{1,3}") && Integer.parseInt(length) <= bits) {
        return new Network(address.get(), Integer.parseInt(length));
      }
    }
    throw new IllegalArgumentException(
        "freshcut.web.trusted-proxies contains "
            + text
            + ", must be addresses or networks such as 10.0.0.0/8 or 2001:db8::/32");
  }

  /** The address that is written so; names are not looked up. */
  static Optional<InetAddress> address(String text) {
    if (!LITERAL.matcher(text).matches()) {
      return Optional.empty();
    }
    try {
      return Optional.of(InetAddress.getByName(text));
    } catch (UnknownHostException e) {
      return Optional.empty();
    }
  }

  boolean contains(InetAddress address) {
    byte[] ours = first.getAddress();
    byte[] others = address.getAddress();
    if (ours.length != others.length) {
      return false;
    }
    for (int bit = 0; bit < prefix; bit++) {
      int mask = 0x80 >> (bit % Byte.SIZE);
      if (((ours[bit / Byte.SIZE] ^ others[bit / Byte.SIZE]) & mask) != 0) {
        return false;
      }
    }
    return true;
  }
}
