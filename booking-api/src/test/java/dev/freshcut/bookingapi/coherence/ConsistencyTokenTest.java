package dev.freshcut.bookingapi.coherence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshcut.coherentcache.Xid;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConsistencyTokenTest {
  @ParameterizedTest
  @ValueSource(longs = {0, 3, 749, 1L << 32, Xid.MAX})
  void tokenNamesItsTransaction(long xid) {
    assertThat(ConsistencyToken.parse(ConsistencyToken.of(xid))).hasValue(xid);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "x1-",
        "x1",
        "749",
        "x2-1",
        "X1-1",
        "x1-A",
        "x1--1",
        "x1- 1",
        "x1-1 ",
        "x1-1,x1-2",
        "x1-2gosa7pa2gw",
        "x1-zzzzzzzzzzz",
        "x1-zzzzzzzzzzzz",
        "x1-é"
      })
  void otherTextIsNoToken(String text) {
    assertThat(ConsistencyToken.parse(text)).isEmpty();
  }
}
