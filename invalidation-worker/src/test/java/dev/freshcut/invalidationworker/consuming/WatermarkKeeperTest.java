package dev.freshcut.invalidationworker.consuming;

import static dev.freshcut.invalidationworker.consuming.TestModel.ITEMS_0;
import static dev.freshcut.invalidationworker.consuming.TestModel.MODEL;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freshcut.coherentcache.Eviction;
import dev.freshcut.coherentcache.Evictor;
import dev.freshcut.coherentcache.Progress;
import dev.freshcut.coherentcache.ProgressConflictException;
import dev.freshcut.coherentcache.Watermark;
import dev.freshcut.coherentcache.Watermarks;
import dev.freshcut.invalidationworker.reading.Reading.Heartbeat;
import dev.freshcut.invalidationworker.reading.Topics;
import dev.freshcut.invalidationworker.reading.Xids;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.Test;

class WatermarkKeeperTest {
  private static final TopicPartition HEARTBEAT = new TopicPartition("p.public.beats", 0);
  private static final Instant START = Instant.parse("2026-11-20T10:00:00Z");

  private final Brokers brokers = new Brokers();
  private final List<Progress> written = new ArrayList<>();

  /** What Redis holds, and how often it has moved on before it is written to. */
  private Map<String, String> positions = Map.of("p.public.items-0", "10");

  private int conflicts;

  private final WatermarkKeeper keeper =
      new WatermarkKeeper(
          brokers,
          new Topics("p", "p.control", "public.beats", List.of("public.items")),
          new Xids(),
          new CacheAccess(
              MODEL, new Redis(), () -> positions, new NoWatermark(), Duration.ofMinutes(1)),
          new Horizons(Duration.ofMinutes(2)),
          new WorkerListener() {});

  private static final class NoWatermark implements Watermarks {
    @Override
    public Optional<Watermark> read() {
      return Optional.empty();
    }

    @Override
    public OptionalLong everythingEvictedAt() {
      return OptionalLong.empty();
    }
  }

  /** Knows one topic, whose end is at 10; may be silent. */
  private static final class Brokers extends MockConsumer<byte[], byte[]> {
    private boolean silent;
    private boolean empty;

    Brokers() {
      super("none");
    }

    @Override
    public Map<String, List<PartitionInfo>> listTopics(Duration timeout) {
      answerWithin(timeout);
      if (empty) {
        return Map.of();
      }
      Node none = Node.noNode();
      return Map.of(
          ITEMS_0.topic(),
          List.of(new PartitionInfo(ITEMS_0.topic(), 0, none, new Node[0], new Node[0])));
    }

    @Override
    public Map<TopicPartition, Long> endOffsets(
        Collection<TopicPartition> partitions, Duration timeout) {
      answerWithin(timeout);
      return Map.of(ITEMS_0, 10L);
    }

    private void answerWithin(Duration timeout) {
      assertThat(timeout).isLessThanOrEqualTo(Duration.ofSeconds(1));
      if (silent) {
        throw new TimeoutException("no answer");
      }
    }
  }

  private final class Redis implements Evictor {
    @Override
    public long evict(Collection<Eviction> evictions, Progress progress) {
      if (conflicts > 0) {
        conflicts--;
        throw new ProgressConflictException("somebody else has moved on");
      }
      written.add(progress);
      return 0;
    }

    @Override
    public long evictEverything(long xid) {
      throw new AssertionError("nobody asks for it");
    }
  }

  private void beat(int second) {
    keeper.heartbeat(new Heartbeat(START.plusSeconds(second), 100 + second, 90 + second));
  }

  private static Watermark watermark(int second) {
    return new Watermark(START.plusSeconds(second), 100 + second, 90 + second);
  }

  @Test
  void isWrittenOnceThePositionsCoverIt() {
    positions = Map.of("p.public.items-0", "9");
    beat(1);
    keeper.move(0);
    assertThat(written).isEmpty();

    positions = Map.of("p.public.items-0", "10");
    keeper.move(1_000);
    keeper.move(2_000);
    assertThat(written)
        .containsExactly(new Progress(Map.of(), Map.of("p.public.items-0", "10"), watermark(1)));
    assertThat(keeper.reached()).isEqualTo(START.plusSeconds(1).toEpochMilli());
  }

  /** Nothing would ever be evicted for the table, and nothing else would tell. */
  @Test
  void staysWhileATableOfTheModelIsNotCaptured() {
    brokers.empty = true;
    beat(1);
    keeper.move(0);
    assertThat(written).isEmpty();

    brokers.empty = false;
    beat(2);
    keeper.move(1_000);
    assertThat(written).extracting(Progress::watermark).containsExactly(watermark(2));
  }

  @Test
  void consumersThatMoveOnMeanwhileDoNotHoldItUp() {
    conflicts = 3;
    beat(1);
    keeper.move(0);
    assertThat(written).hasSize(1);
  }

  @Test
  void whatWasNotWrittenIsTriedAgainAtTheNextLook() {
    conflicts = 6;
    beat(1);
    keeper.move(0);
    assertThat(written).as("a look ends, as evictions wait").isEmpty();
    keeper.move(1);
    assertThat(written).as("looks are apart").isEmpty();
    keeper.move(1_000);
    assertThat(written).extracting(Progress::watermark).containsExactly(watermark(1));
  }

  /** The new reader of the heartbeats may have written a later one. */
  @Test
  void doesNotGoBackAfterTheHeartbeatsHaveGoneToAnotherConsumer() {
    beat(1);
    keeper.revoked(List.of(ITEMS_0));
    keeper.revoked(List.of(HEARTBEAT));
    keeper.move(0);
    assertThat(written).isEmpty();

    beat(2);
    keeper.revoked(List.of(ITEMS_0));
    keeper.move(1_000);
    assertThat(written).extracting(Progress::watermark).containsExactly(watermark(2));
  }

  @Test
  void silentBrokersCostOneHeartbeatAndOneSecond() {
    brokers.silent = true;
    beat(1);
    keeper.move(0);
    assertThat(written).isEmpty();
    brokers.silent = false;
    beat(2);
    keeper.move(1_000);
    assertThat(written).extracting(Progress::watermark).containsExactly(watermark(2));
  }
}
