package dev.freshcut.invalidationworker.reading;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TopicsTest {
  private final Topics topics =
      new Topics("p.q", "p.q.control", "public.beats", List.of("public.items", "public.my items"));

  @ParameterizedTest
  @CsvSource({
    "p.q.public.items, true",
    "p.q.public.others, true",
    "p.q.public.beats, true",
    "p.q.control, true",
    "p.q.dead-letter, false",
    "p.q.connector-offsets, false",
    "p.q.public.items.old, false",
    "pxq.public.items, false",
    "other.public.items, false",
    "xp.q.public.items, false",
  })
  void readsTableTopicsAndTheControlTopic(String topic, boolean read) {
    assertThat(topics.isRead(topic)).isEqualTo(read);
    assertThat(topics.subscription().matcher(topic).matches()).isEqualTo(read);
  }

  @Test
  void knowsTheTablesOfTheModel() {
    assertThat(topics.table("p.q.public.items")).isEqualTo("public.items");
    assertThat(topics.table("p.q.public.my_items")).isEqualTo("public.my items");
    assertThat(topics.table("p.q.public.others")).isNull();
    assertThat(topics.isHeartbeat("p.q.public.beats")).isTrue();
    assertThat(topics.isHeartbeat("p.q.public.items")).isFalse();
    assertThat(topics.isControl("p.q.control")).isTrue();
  }
}
