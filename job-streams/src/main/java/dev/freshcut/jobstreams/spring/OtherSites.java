package dev.freshcut.jobstreams.spring;

import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;

/** Which requests a browser sends on behalf of another site's page. */
final class OtherSites {
  private OtherSites() {}

  /** False for what no browser sends: that has neither header. */
  static boolean sent(HttpHeaders headers) {
    String site = headers.getFirst("Sec-Fetch-Site");
    if (site != null) {
      return !site.equals("same-origin") && !site.equals("none");
    }
    String origin = headers.getOrigin();
    return origin != null && !isHost(origin, headers.getFirst(HttpHeaders.HOST));
  }

  private static boolean isHost(String origin, @Nullable String host) {
    try {
      return host != null && host.equalsIgnoreCase(URI.create(origin).getAuthority());
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  /** Such a request would have changed something. */
  static final class RefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }
}
