package dev.freshcut.notificationworker.consuming;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshcut.jobstreams.store.StoreUnavailableException;
import dev.freshcut.notificationworker.consuming.DeadLetters.Letter;
import dev.freshcut.notificationworker.reading.ChangeReader;
import dev.freshcut.notificationworker.reading.Fact;
import dev.freshcut.notificationworker.reading.Fact.StreamGap;
import dev.freshcut.notificationworker.reading.Tables;
import dev.freshcut.notificationworker.state.NotVisibleException;
import dev.freshcut.sharedevents.change.ChangeParser;
import dev.freshcut.sharedevents.control.Gap;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.LongFunction;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.dao.TransientDataAccessResourceException;

class BatchTest {
  private static final ChangeReader READER =
      new ChangeReader(Map.of(), "control", new ChangeParser(1 << 20, 64, Tables.COLUMNS));

  private final List<Long> planned = new ArrayList<>();
  private final List<Letter> letters = new ArrayList<>();
  private final List<String> outcomes = new ArrayList<>();
  private final Consumption consumption = new Consumption();

  /** Plans nothing of a list with a fact that fails, as the planner does. */
  private Batch batch(LongFunction<@Nullable RuntimeException> failure) {
    return new Batch(
        READER,
        facts -> {
          for (Fact fact : facts) {
            RuntimeException thrown = failure.apply(((StreamGap) fact).xid());
            if (thrown != null) {
              throw thrown;
            }
          }
          facts.forEach(fact -> planned.add(((StreamGap) fact).xid()));
        },
        letters::addAll,
        consumption,
        new ConsumptionListener() {
          @Override
          public void worked(String topic, String outcome) {
            outcomes.add(outcome);
          }

          @Override
          public void planned(Instant committedAt) {}
        });
  }

  private static List<ConsumerRecord<byte[], byte[]>> records(long... xids) {
    List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
    for (long xid : xids) {
      byte[] value = xid < 0 ? "nonsense".getBytes(UTF_8) : new Gap(xid, "a test").toJson();
      records.add(new ConsumerRecord<>("control", 0, records.size(), null, value));
    }
    return records;
  }

  @Test
  void whatCannotBePlannedStopsNothing() {
    batch(xid -> xid % 2 == 0 ? new DateTimeException("no such zone") : null)
        .onMessage(records(1, 2, -1, 3, 4, 5));

    assertThat(planned).containsExactly(1L, 3L, 5L);
    assertThat(letters)
        .extracting(letter -> letter.origin().offset() + " " + letter.poison().kind())
        .containsExactlyInAnyOrder("1 UNPLANNABLE", "2 BAD_CONTROL", "4 UNPLANNABLE");
    assertThat(letters)
        .filteredOn(letter -> letter.poison().kind().equals("UNPLANNABLE"))
        .allSatisfy(
            letter ->
                assertThat(letter.poison().reason())
                    .contains("DateTimeException")
                    .doesNotContain("no such zone"));
    assertThat(outcomes)
        .containsExactly("told", "dead_lettered", "dead_lettered", "told", "dead_lettered", "told");
    assertThat(consumption.trouble()).isNull();
  }

  static Stream<RuntimeException> serversThatAreAway() {
    return Stream.of(
        new TransientDataAccessResourceException("away"),
        new StoreUnavailableException("away", new IllegalStateException()),
        new NotVisibleException("not yet"));
  }

  @ParameterizedTest
  @MethodSource("serversThatAreAway")
  void whatWaitingHelpsIsTriedAgain(RuntimeException away) {
    assertThatThrownBy(() -> batch(xid -> xid == 2 ? away : null).onMessage(records(1, 2, 3)))
        .isSameAs(away);

    assertThat(planned).isEmpty();
    assertThat(letters).isEmpty();
    assertThat(outcomes).isEmpty();
    assertThat(consumption.trouble()).isNotNull();
  }

  /** Away while they are tried one by one. */
  @Test
  void noServersAbsenceIsACulprit() {
    List<Long> asked = new ArrayList<>();
    Batch batch =
        batch(
            xid -> {
              asked.add(xid);
              return xid == 3
                  ? new NotVisibleException("not yet")
                  : xid == 2 ? new DateTimeException("no such zone") : null;
            });
    assertThatThrownBy(() -> batch.onMessage(records(1, 2, 3)))
        .isInstanceOf(NotVisibleException.class);
    assertThat(asked).containsExactly(1L, 2L, 1L, 2L, 3L);
    assertThat(letters).isEmpty();
  }
}
