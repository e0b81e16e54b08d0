package dev.freshcut.bookingapi.web;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Makes {@link HttpServletRequest#getRemoteAddr} the client's address also behind proxies. Each
 * proxy appends the address that it was called from to {@code X-Forwarded-For}; what is to the left
 * of the first address that is no trusted proxy's was written by the client and says nothing.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 1)
final class ClientAddress extends OncePerRequestFilter {
  private static final String FORWARDED_FOR = "X-Forwarded-For";

  private final List<Network> proxies;

  ClientAddress(WebSettings settings) {
    this.proxies = settings.trustedProxies().stream().map(Network::parse).toList();
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    String peer = request.getRemoteAddr();
    List<String> forwarded = Collections.list(request.getHeaders(FORWARDED_FOR));
    String client = client(peer, forwarded);
    chain.doFilter(client.equals(peer) ? request : new From(request, client), response);
  }

  /** The client's address as far as it is known for sure. */
  String client(String peer, List<String> forwarded) {
    List<String> hops =
        forwarded.stream()
            .flatMap(header -> Arrays.stream(header.split(",", -1)))
            .map(String::strip)
            .toList();
    String known = peer;
    for (int i = hops.size() - 1; i >= 0 && isProxy(known); i--) {
      Optional<InetAddress> hop = Network.address(hops.get(i));
      if (hop.isEmpty()) {
        break;
      }
      known = hop.get().getHostAddress();
    }
    return known;
  }

  private boolean isProxy(String address) {
    return !proxies.isEmpty()
        && Network.address(address)
            .filter(known -> proxies.stream().anyMatch(proxy -> proxy.contains(known)))
            .isPresent();
  }

  /** A request from another address. */
  private static final class From extends HttpServletRequestWrapper {
    private final String address;

    From(HttpServletRequest request, String address) {
      super(request);
      this.address = address;
    }

    @Override
    public String getRemoteAddr() {
      return address;
    }

    @Override
    public String getRemoteHost() {
      return address;
    }
  }
}
