package dev.freshcut.notificationworker.consuming;

import dev.freshcut.notificationworker.consuming.DeadLetters.Letter;
import dev.freshcut.notificationworker.planning.Planner;
import dev.freshcut.notificationworker.reading.ChangeReader;
import dev.freshcut.notificationworker.reading.Fact;
import dev.freshcut.notificationworker.reading.Reading;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.springframework.kafka.listener.BatchMessageListener;

/**
 * Works on the records of one poll. When it returns, their jobs are stored and their dead letters
 * acknowledged, and only then the offsets are committed; when it throws, it is given them again.
 */
final class Batch implements BatchMessageListener<byte[], byte[]> {
  private final ChangeReader reader;
  private final Planner planner;
  private final DeadLetters deadLetters;
  private final Consumption consumption;
  private final ConsumptionListener listener;

  Batch(
      ChangeReader reader,
      Planner planner,
      DeadLetters deadLetters,
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
    List<Fact> facts = new ArrayList<>();
    List<Letter> letters = new ArrayList<>();
    List<String> outcomes = new ArrayList<>(records.size());
    for (ConsumerRecord<byte[], byte[]> record : records) {
      switch (reader.read(record)) {
        case Reading.Told told -> {
          facts.add(told.fact());
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
      planner.work(facts);
      deadLetters.send(letters);
    } catch (RuntimeException e) {
      consumption.failed(e);
      throw e;
    }
    consumption.worked();
    for (int i = 0; i < outcomes.size(); i++) {
      listener.worked(records.get(i).topic(), outcomes.get(i));
    }
    facts.forEach(fact -> fact.committedAt().ifPresent(listener::planned));
  }
}
