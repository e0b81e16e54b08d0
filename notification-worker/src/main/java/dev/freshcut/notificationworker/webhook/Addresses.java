package dev.freshcut.notificationworker.webhook;

import dev.freshcut.sharedevents.webhook.PublicAddress;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import org.apache.hc.client5.http.DnsResolver;

/**
 * Looks names up for connections and leaves out what deliveries must not reach. The connection is
 * made to what comes out of here and not looked up again, so that a name that changes its meaning
 * in between gains nothing.
 */
final class Addresses implements DnsResolver {
  /** Looks a name up. */
  interface Lookup {
    InetAddress[] of(String host) throws UnknownHostException;
  }

  /** There is nothing but private and special addresses. */
  static final class NotPublicException extends UnknownHostException {
    private static final long serialVersionUID = 1L;

    NotPublicException() {
      super("no public address");
    }
  }

  private final Lookup lookup;
  private final boolean allowLocal;

  Addresses(Lookup lookup, boolean allowLocal) {
    this.lookup = lookup;
    this.allowLocal = allowLocal;
  }

  @Override
  public InetAddress[] resolve(String host) throws UnknownHostException {
    InetAddress[] all = lookup.of(host);
    InetAddress[] allowed =
        Arrays.stream(all)
            .filter(
                each -> PublicAddress.isPublic(each) || (allowLocal && each.isLoopbackAddress()))
            .toArray(InetAddress[]::new);
    if (allowed.length == 0) {
      throw new NotPublicException();
    }
    return allowed;
  }

  /** Not asked for by this client; a name stands for itself. */
  @Override
  public String resolveCanonicalHostname(String host) {
    return host;
  }
}
