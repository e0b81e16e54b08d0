package dev.freshcut.notificationworker.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AddressesTest {
  private static final String HOST = "hooks.example.org";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "127.0.0.1",
        "127.255.0.1",
        "10.1.2.3",
        "172.16.0.1",
        "192.168.0.1",
        "169.254.169.254",
        "100.64.0.1",
        "0.0.0.0",
        "224.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "fe80::1",
        "fd00:ec2::254",
        "::ffff:127.0.0.1",
        "64:ff9b::7f00:1",
        "2002:7f00:1::",
      })
  void specialAddressesAreLeftOut(String address) {
    Addresses addresses = new Addresses(host -> InetAddress.getAllByName(address), false);

    assertThatThrownBy(() -> addresses.resolve(HOST))
        .isInstanceOf(Addresses.NotPublicException.class);
  }

  @Test
  void publicOnesAmongThemStay() throws Exception {
    Addresses addresses = answering("10.0.0.1", "93.184.216.34", "2606:4700::1111", "::1");

    assertThat(addresses.resolve(HOST))
        .containsExactly(
            InetAddress.getByName("93.184.216.34"), InetAddress.getByName("2606:4700::1111"));
  }

  @Test
  void inDevelopmentThisHostStaysAndTheNetworkDoesNot() throws Exception {
    Addresses addresses =
        new Addresses(
            host -> InetAddress.getAllByName(host.equals("localhost") ? "127.0.0.1" : "10.0.0.1"),
            true);

    assertThat(addresses.resolve("localhost")).allMatch(InetAddress::isLoopbackAddress).hasSize(1);
    assertThatThrownBy(() -> addresses.resolve("printer"))
        .isInstanceOf(Addresses.NotPublicException.class);
  }

  /** First an address of the internet, for whoever checks, then one of ours, for who connects. */
  @Test
  void everyLookUpIsChecked() throws Exception {
    Queue<String> answers = new ArrayDeque<>(List.of("93.184.216.34", "169.254.169.254"));
    Addresses addresses = new Addresses(host -> InetAddress.getAllByName(answers.remove()), false);

    assertThat(addresses.resolve(HOST)).hasSize(1);
    assertThatThrownBy(() -> addresses.resolve(HOST))
        .isInstanceOf(Addresses.NotPublicException.class);
  }

  private static Addresses answering(String... literals) throws UnknownHostException {
    InetAddress[] all = new InetAddress[literals.length];
    for (int i = 0; i < literals.length; i++) {
      all[i] = InetAddress.getByName(literals[i]);
    }
    return new Addresses(host -> all, false);
  }
}
