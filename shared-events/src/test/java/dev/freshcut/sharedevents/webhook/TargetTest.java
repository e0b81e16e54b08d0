package dev.freshcut.sharedevents.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TargetTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://example.org",
        "https://example.org:8443/hooks?a=b%20c",
        "HTTPS://Hooks.Example.ORG/x",
        "https://xn--zo-jka.example",
        "https://93.184.216.34/x",
        "https://[2606:2800:220:1:248:1893:25c8:1946]/x",
        "https://172.32.0.1",
        "https://100.63.255.255",
        "https://local.example.org",
        "https://1and1.com"
      })
  void good(String url) {
    assertThat(Target.problem(url, false)).as(url).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "example.org",
        "//example.org/x",
        "/hooks",
        "http://example.org",
        "ftp://example.org",
        "file:///etc/passwd",
        "https:///x",
        "https:example.org",
        "https://user@example.org",
        "https://user:pw@example.org",
        "https://example.org/#a",
        "https://example.org:0",
        "https://example.org:65536",
        "https://exa mple.org",
        "https://zoë.example",
        "https://intranet",
        "https://example.org.",
        "https://-a.example.org",
        "https://a_b.example.org",
        "https://localhost",
        "https://LOCALHOST:8443",
        "https://a.localhost",
        "https://printer.local",
        "https://db.internal",
        "https://router.home.arpa",
        "https://127.0.0.1",
        "https://127.1",
        "https://2130706433",
        "https://0x7f000001",
        "https://0x7f.0.0.1",
        "https://0177.0.0.1",
        "https://127.0.0.01",
        "https://1.2.3",
        "https://256.1.1.1",
        "https://0.0.0.0",
        "https://10.1.2.3",
        "https://100.64.0.1",
        "https://169.254.169.254/latest/meta-data",
        "https://172.16.0.1",
        "https://172.31.255.255",
        "https://192.168.1.1",
        "https://198.18.0.1",
        "https://203.0.113.7",
        "https://224.0.0.1",
        "https://255.255.255.255",
        "https://[::]",
        "https://[::1]",
        "https://[::ffff:10.0.0.1]",
        "https://[::ffff:7f00:1]",
        "https://[64:ff9b::a00:1]",
        "https://[fe80::1]",
        "https://[fe80::1%25eth0]",
        "https://[fc00::1]",
        "https://[fd12:3456::1]",
        "https://[fec0::1]",
        "https://[ff02::1]",
        "https://[2001:db8::1]",
        "https://[2002:a00:1::1]",
        "https://[2001::1]"
      })
  void bad(String url) {
    assertThat(Target.problem(url, false)).as(url).isPresent();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://localhost:9000/x",
        "https://localhost",
        "http://127.0.0.1:80",
        "http://[::1]:9000"
      })
  void thisHostInDevelopment(String url) {
    assertThat(Target.problem(url, true)).as(url).isEmpty();
    assertThat(Target.problem(url, false)).as(url).isPresent();
  }

  @Test
  void aProblemSaysWhatIsTakenHere() {
    assertThat(Target.problem("http://example.org", true)).get().asString().contains("localhost");
    assertThat(Target.problem("http://example.org", false)).contains("must begin with https://");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://example.org",
        "http://10.0.0.1",
        "https://192.168.1.1",
        "ftp://localhost",
        "http://a.localhost"
      })
  void nothingElseInDevelopment(String url) {
    assertThat(Target.problem(url, true)).as(url).isPresent();
  }
}
