package dev.freshcut.notificationworker.consuming;

import dev.freshcut.jobstreams.store.StoreUnavailableException;
import dev.freshcut.notificationworker.consuming.DeadLetters.Letter;
import dev.freshcut.notificationworker.reading.ChangeReader;
import dev.freshcut.notificationworker.reading.Fact;
import dev.freshcut.notificationworker.reading.Reading;
import dev.freshcut.notificationworker.reading.Reading.Poison;
import dev.freshcut.notificationworker.state.NotVisibleException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.kafka.listener.BatchMessageListener;

/**
 * Works on the records of one poll. What no jobs can be made of becomes a dead letter. When it
 * returns, their jobs are stored and their dead letters acknowledged, and only then the offsets are
 * committed; when it throws, it is given them again.
 */
final class Batch implements BatchMessageListener<byte[], byte[]> {
  private static final Logger log = LoggerFactory.getLogger(Batch.class);

  private final ChangeReader reader;
  private final Consumer<List<Fact>> planner;
  private final Consumer<List<Letter>> deadLetters;
  private final Consumption consumption;
  private final ConsumptionListener listener;

  Batch(
      ChangeReader reader,
      Consumer<List<Fact>> planner,
      Consumer<List<Letter>> deadLetters,
      Consumption consumption,
      ConsumptionListener listener) {
    this.reader = reader;
    this.planner = planner;
    this.deadLetters = deadLetters;
    this.consumption = consumption;
    this.listener = listener;
  }

  @Override
  public void onMessage(List<ConsumerRecord<byte[], byte[]>> records) {
    List<Told> facts = new ArrayList<>();
    List<Letter> letters = new ArrayList<>();
    List<String> outcomes = new ArrayList<>(records.size());
    Set<TopicPartition> partitions = new HashSet<>();
    for (ConsumerRecord<byte[], byte[]> record : records) {
      partitions.add(new TopicPartition(record.topic(), record.partition()));
      switch (reader.read(record)) {
        case Reading.Told told -> {
          facts.add(new Told(told.fact(), record, outcomes.size()));
          outcomes.add("told");
        }
        case Reading.Ignored ignored -> outcomes.add("ignored");
        case Reading.Poison poison -> {
          letters.add(new Letter(record, poison));
          outcomes.add("dead_lettered");
        }
      }
    }
    try {
      for (Culprit culprit : plan(facts)) {
        letters.add(culprit.letter());
        outcomes.set(culprit.told().index(), "dead_lettered");
      }
      deadLetters.accept(letters);
    } catch (RuntimeException e) {
      consumption.failed(partitions, e);
      throw e;
    }
    consumption.worked(partitions);
    for (int i = 0; i < outcomes.size(); i++) {
      listener.worked(records.get(i).topic(), outcomes.get(i));
    }
    for (Told told : facts) {
      if (outcomes.get(told.index()).equals("told")) {
        told.fact().committedAt().ifPresent(listener::planned);
      }
    }
  }

  /** Plans all together, or one by one if that does not work; returns what can't be planned. */
  private List<Culprit> plan(List<Told> facts) {
    try {
      planner.accept(facts.stream().map(Told::fact).toList());
      return List.of();
    } catch (RuntimeException e) {
      if (passes(e)) {
        throw e;
      }
      log.error("{} changes can't be planned together; trying one by one", facts.size(), e);
    }
    List<Culprit> culprits = new ArrayList<>();
    for (Told told : facts) {
      try {
        planner.accept(List.of(told.fact()));
      } catch (RuntimeException e) {
        if (passes(e)) {
          throw e;
        }
        String reason = "no jobs can be made of it: " + e.getClass().getName();
        Poison poison = new Poison("UNPLANNABLE", reason, e);
        culprits.add(new Culprit(told, new Letter(told.origin(), poison)));
      }
    }
    return culprits;
  }

  /** Whether it is a server that is away, so that waiting helps: else it would wait for ever. */
  private static boolean passes(RuntimeException failure) {
    return failure instanceof DataAccessException
        || failure instanceof StoreUnavailableException
        || failure instanceof NotVisibleException;
  }

  /**
   * A fact and where it came from.
   *
   * @param index of its record in the batch
   */
  private record Told(Fact fact, ConsumerRecord<byte[], byte[]> origin, int index) {}

  private record Culprit(Told told, Letter letter) {}
}
