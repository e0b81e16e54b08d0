package dev.freshcut.bookingapi.web;

import jakarta.servlet.http.HttpServletRequest;
import java.net.Inet6Address;
import java.security.Principal;
import java.util.HexFormat;

/** By what a client is told from others: the user, or where nobody is logged in, the address. */
public final class Credential {
  /** Of IPv6 a client has a whole network of this many bytes, and may use each address once. */
  private static final int NETWORK_BYTES = 8;

  private Credential() {}

  /** Stable; at most 60 characters. */
  public static String of(HttpServletRequest request) {
    Principal user = request.getUserPrincipal();
    return user == null ? "address:" + address(request.getRemoteAddr()) : "user:" + user.getName();
  }

  /** What stands for an address: itself, or of IPv6 its network. */
  public static String address(String text) {
    return Network.address(text)
        .filter(Inet6Address.class::isInstance)
        .map(ip -> HexFormat.of().formatHex(ip.getAddress(), 0, NETWORK_BYTES) + "/64")
        .orElse(text);
  }
}
