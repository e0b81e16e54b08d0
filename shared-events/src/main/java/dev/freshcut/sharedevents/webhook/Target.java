package dev.freshcut.sharedevents.webhook;

import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Which addresses deliveries may be sent to: https, and no address that is written so that it can
 * only be one of our own network. Names are not looked up here: what they stand for may change, so
 * whoever delivers must look at the address that it connects to, by {@link PublicAddress}.
 */
public final class Target {
  private static final Pattern LABEL = Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");
  private static final Pattern NUMBER = Pattern.compile("[0-9]+|0x[0-9a-f]*");
  private static final Pattern QUAD =
      Pattern.compile("(0|[1-9][0-9]{0,2})(\\.(0|[1-9][0-9]{0,2})){3}");
  private static final int LONGEST_NAME = 253;
  private static final int LAST_PORT = 65_535;

  /** Names that only a private network or the host itself answers to. */
  private static final List<String> LOCAL_NAMES =
      List.of("localhost", "local", "localdomain", "internal", "intranet", "lan", "home.arpa");

  private Target() {}

  /** Why deliveries can't be sent there, if they can't. */
  public static Optional<String> problem(String url, boolean allowLocal) {
    URI uri;
    try {
      uri = new URI(url);
    } catch (URISyntaxException e) {
      return Optional.of("must be an address such as https://example.org/hooks");
    }
    String host = uri.getHost();
    if (host == null || uri.getScheme() == null) {
      return Optional.of(
          "must be an address such as https://example.org/hooks; write other letters than a to z"
              + " in names as Punycode (xn--)");
    }
    if (uri.getUserInfo() != null || uri.getFragment() != null) {
      return Optional.of("must have neither user nor fragment");
    }
    if (uri.getPort() == 0 || uri.getPort() > LAST_PORT) {
      return Optional.of("must have a port from 1 to 65535, or none");
    }
    boolean secure = uri.getScheme().equalsIgnoreCase("https");
    String name = host.toLowerCase(Locale.ROOT);
    if (allowLocal && isThisHost(name)) {
      return secure || uri.getScheme().equalsIgnoreCase("http")
          ? Optional.empty()
          : Optional.of("must begin with http:// or https://");
    }
    if (secure) {
      return problemOfHost(name);
    }
    return Optional.of(
        allowLocal
            ? "must begin with https://, or with http:// and this host: localhost, 127.0.0.1 or"
                + " [::1]"
            : "must begin with https://");
  }

  private static Optional<String> problemOfHost(String host) {
    if (host.startsWith("[")) {
      return host.contains("%") || !isPublic(address(host.substring(1, host.length() - 1)))
          ? Optional.of("must not be a private or special address")
          : Optional.empty();
    }
    List<String> labels = List.of(host.split("\\.", -1));
    if (NUMBER.matcher(labels.getLast()).matches()) {
      // What else ends in a number is taken for an address by some clients, in many spellings.
      return QUAD.matcher(host).matches() && isPublic(address(host))
          ? Optional.empty()
          : Optional.of("must not be a private or special address, nor an unusual spelling of one");
    }
    if (labels.size() < 2
        || host.length() > LONGEST_NAME
        || !labels.stream().allMatch(label -> LABEL.matcher(label).matches())) {
      return Optional.of("must have a host name with a domain, such as example.org");
    }
    return LOCAL_NAMES.stream().anyMatch(local -> ("." + host).endsWith("." + local))
        ? Optional.of("must not be a name of a private network")
        : Optional.empty();
  }

  private static boolean isThisHost(String host) {
    return host.equals("localhost") || host.equals("127.0.0.1") || host.equals("[::1]");
  }

  /** The address that is written so; what is not one counts as none that could be used. */
  private static Optional<InetAddress> address(String literal) {
    try {
      return Optional.of(InetAddress.getByName(literal));
    } catch (UnknownHostException e) {
      return Optional.empty();
    }
  }

  private static boolean isPublic(Optional<InetAddress> address) {
    return address.map(PublicAddress::isPublic).orElse(false);
  }
}
