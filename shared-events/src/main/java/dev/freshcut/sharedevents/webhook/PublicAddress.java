package dev.freshcut.sharedevents.webhook;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

/**
 * Tells addresses of the public internet from those of private networks, this host, links, cloud
 * services' metadata, documentation and tunnels.
 */
public final class PublicAddress {
  /** IANA's registry of special IPv4 addresses, and multicast. */
  private static final List<String> SPECIAL =
      List.of(
          "0.0.0.0/8",
          "10.0.0.0/8",
          "100.64.0.0/10",
          "127.0.0.0/8",
          "169.254.0.0/16",
          "172.16.0.0/12",
          "192.0.0.0/24",
          "192.0.2.0/24",
          "192.88.99.0/24",
          "192.168.0.0/16",
          "198.18.0.0/15",
          "198.51.100.0/24",
          "203.0.113.0/24",
          "224.0.0.0/3");

  /** Global unicast. */
  private static final String GLOBAL = "2000::/3";

  /** Parts of it that are not: Teredo and others, documentation, 6to4. */
  private static final List<String> NOT_GLOBAL =
      List.of("2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20");

  private PublicAddress() {}

  /** Whether it is somebody's on the internet. */
  public static boolean isPublic(InetAddress address) {
    return address instanceof Inet4Address
        ? SPECIAL.stream().noneMatch(range -> isWithin(address, range))
        : isWithin(address, GLOBAL)
            && NOT_GLOBAL.stream().noneMatch(range -> isWithin(address, range));
  }

  private static boolean isWithin(InetAddress address, String range) {
    int slash = range.indexOf('/');
    byte[] first = bytes(range.substring(0, slash));
    byte[] other = address.getAddress();
    int prefix = Integer.parseInt(range.substring(slash + 1));
    for (int bit = 0; bit < prefix; bit++) {
      int mask = 0x80 >> (bit % Byte.SIZE);
      if (((first[bit / Byte.SIZE] ^ other[bit / Byte.SIZE]) & mask) != 0) {
        return false;
      }
    }
    return true;
  }

  private static byte[] bytes(String literal) {
    try {
      return InetAddress.getByName(literal).getAddress();
    } catch (UnknownHostException e) {
      throw new IllegalStateException(e); // a literal is not looked up
    }
  }
}
