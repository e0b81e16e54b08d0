package dev.freshcut.bookingapi.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClientAddressTest {
  @ParameterizedTest
  @CsvSource({
    // Nobody in between is trusted, or nobody says anything.
    "'', 203.0.113.9, 198.51.100.1, 203.0.113.9",
    "10.0.0.0/8, 203.0.113.9, 198.51.100.1, 203.0.113.9",
    "10.0.0.0/8, 10.1.2.3, '', 10.1.2.3",
    // One proxy; what the client wrote herself comes before what it appended.
    "10.0.0.0/8, 10.1.2.3, 198.51.100.1, 198.51.100.1",
    "10.0.0.0/8, 10.1.2.3, '8.8.8.8, 198.51.100.1', 198.51.100.1",
    "10.0.0.0/8, 10.1.2.3, '8.8.8.8 | 198.51.100.1', 198.51.100.1",
    // Two proxies; a spoofed proxy at the left changes nothing.
    "'10.0.0.0/8 192.0.2.7', 10.1.2.3, '198.51.100.1, 192.0.2.7', 198.51.100.1",
    "'10.0.0.0/8 192.0.2.7', 10.1.2.3, '10.9.9.9, 198.51.100.1, 192.0.2.7', 198.51.100.1",
    "192.0.2.7, 192.0.2.7, '198.51.100.1, 192.0.2.8', 192.0.2.8",
    // What is no address ends the search, and is never looked up.
    "10.0.0.0/8, 10.1.2.3, unknown, 10.1.2.3",
    "10.0.0.0/8, 10.1.2.3, '198.51.100.1, example.org', 10.1.2.3",
    "10.0.0.0/8, 10.1.2.3, '198.51.100.1, 10.0.0.300', 10.1.2.3",
    "10.0.0.0/8, 10.1.2.3, '198.51.100.1,', 10.1.2.3",
    "10.0.0.0/8, 10.1.2.3, cafe, 10.1.2.3",
    // IPv6.
    "::1, 0:0:0:0:0:0:0:1, 2001:db8::5, 2001:db8:0:0:0:0:0:5",
    "2001:db8::/33, 2001:db8:7fff::1, 198.51.100.1, 198.51.100.1",
    "2001:db8::/33, 2001:db8:8000::1, 198.51.100.1, 2001:db8:8000::1"
  })
  void clientIsWhomTheProxiesName(String proxies, String peer, String forwarded, String client) {
    List<String> trusted = proxies.isEmpty() ? List.of() : Arrays.asList(proxies.split(" "));
    List<String> headers = forwarded.isEmpty() ? List.of() : List.of(forwarded.split(" \\| "));

    assertThat(new ClientAddress(new WebSettings(trusted)).client(peer, headers)).isEqualTo(client);
  }

  @ParameterizedTest
  @ValueSource(strings = {"proxy.example.org", "10.0.0.0/33", "10.0.0.0/x", "/8", "", "::/129"})
  void networksMustBeWrittenAsNumbers(String network) {
    assertThatThrownBy(() -> new WebSettings(List.of(network)))
        .hasMessageContaining("freshcut.web.trusted-proxies contains " + network);
  }
}
