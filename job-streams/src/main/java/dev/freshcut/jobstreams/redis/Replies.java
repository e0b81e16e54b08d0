package dev.freshcut.jobstreams.redis;

import dev.freshcut.jobstreams.Enqueued;
import dev.freshcut.jobstreams.JobState;
import dev.freshcut.jobstreams.Priority;
import dev.freshcut.jobstreams.store.Beat;
import dev.freshcut.jobstreams.store.JobRecord;
import dev.freshcut.jobstreams.store.NewJob;
import dev.freshcut.jobstreams.store.Page;
import dev.freshcut.jobstreams.store.QueueStatus;
import dev.freshcut.jobstreams.store.RateLimit;
import dev.freshcut.jobstreams.store.Taken;
import dev.freshcut.jobstreams.store.TakenJob;
import dev.freshcut.redisaccess.RedisCalls;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Reads what scripts answer. */
final class Replies {
  private Replies() {}

  static List<String> texts(Object reply) {
    return list(reply).stream().map(RedisCalls::text).toList();
  }

  static int count(Object reply) {
    return Math.toIntExact((Long) reply);
  }

  static Instant instant(String ms) {
    return Instant.ofEpochMilli(Long.parseLong(ms));
  }

  @SuppressWarnings("unchecked") // of whatever
  static List<Object> list(Object reply) {
    return (List<Object>) reply;
  }

  private static Fields fields(Object reply) {
    List<String> flat = texts(reply);
    Map<String, String> values = new HashMap<>();
    for (int i = 0; i < flat.size(); i += 2) {
      values.put(flat.get(i), flat.get(i + 1));
    }
    return new Fields(values);
  }

  /** As {@code store.lua} gives it. */
  static Enqueued enqueued(String id, String reply) {
    return switch (reply) {
      case "" -> new Enqueued.Stored(id);
      case "=" -> new Enqueued.Known(id);
      default -> new Enqueued.Unique(reply);
    };
  }

  /** The same for each of some jobs. */
  static List<Enqueued> enqueued(List<NewJob> jobs, Object replies) {
    List<String> texts = texts(replies);
    List<Enqueued> answers = new ArrayList<>();
    for (int i = 0; i < jobs.size(); i++) {
      answers.add(enqueued(jobs.get(i).id(), texts.get(i)));
    }
    return answers;
  }

  /** As {@code beat.lua} gives it. */
  static Beat beat(List<Object> reply) {
    return new Beat(
        count(reply.get(0)) == 1,
        Set.copyOf(texts(reply.get(3))),
        count(reply.get(1)),
        count(reply.get(2)),
        count(reply.get(4)) == 1);
  }

  /** As {@code schedules.lua} gives it. */
  static Map<String, Instant> schedules(List<Object> reply) {
    Map<String, Instant> schedules = new TreeMap<>();
    fields(reply).values().forEach((name, next) -> schedules.put(name, instant(next)));
    return schedules;
  }

  /** As {@code take.lua} gives it. */
  static Taken take(List<Object> reply) {
    return new Taken(
        list(reply.get(3)).stream().map(Replies::taken).toList(),
        count(reply.get(0)) == 1,
        Duration.ofMillis(number(reply, 1)),
        RedisCalls.text(reply.get(2)));
  }

  /** One job of it. */
  static TakenJob taken(Object reply) {
    List<String> job = texts(reply);
    return new TakenJob(
        job.get(0),
        job.get(1),
        job.get(2),
        Integer.parseInt(job.get(3)),
        job.get(4),
        Integer.parseInt(job.get(5)),
        instant(job.get(6)),
        instant(job.get(7)),
        job.get(8).isEmpty() ? null : instant(job.get(8)));
  }

  /** As {@code list.lua} gives it. */
  static Page page(List<Object> reply) {
    String next = RedisCalls.text(reply.get(0));
    return new Page(
        list(reply.get(1)).stream().map(job -> job(list(job))).toList(),
        next.isEmpty() ? null : next);
  }

  /** As {@code reading.lua} gives it. */
  static JobRecord job(List<Object> reply) {
    Fields job = fields(reply.get(1));
    return new JobRecord(
        RedisCalls.text(reply.get(0)),
        job.get("type"),
        job.count("version"),
        job.get("payload"),
        JobState.valueOf(job.get("state").toUpperCase(Locale.ROOT)),
        Priority.valueOf(job.get("priority").toUpperCase(Locale.ROOT)),
        job.optional("group"),
        job.optional("unique"),
        job.count("attempts"),
        job.count("losses"),
        instant(job.get("enqueued")),
        instant(job.get("due")),
        job.time("deadline"),
        job.time("started"),
        job.time("ended"),
        job.optional("worker"),
        job.count("percent"),
        job.optional("note"),
        job.optional("result"),
        job.optional("reason"),
        texts(reply.get(2)).stream().map(Replies::event).toList());
  }

  private static JobRecord.Event event(String text) {
    String[] parts = text.split("\t", 3);
    return new JobRecord.Event(instant(parts[0]), parts[1], parts[2]);
  }

  /** As {@code status.lua} gives it. */
  static QueueStatus status(String queue, List<Object> reply) {
    Fields config = fields(reply.get(11));
    Fields counters = fields(reply.get(12));
    Instant held = config.time("held");
    String rate = config.optional("rate");
    return new QueueStatus(
        queue,
        Map.of(
            Priority.URGENT, number(reply, 0),
            Priority.NORMAL, number(reply, 1),
            Priority.BULK, number(reply, 2)),
        number(reply, 5),
        number(reply, 6),
        number(reply, 4),
        number(reply, 7),
        number(reply, 8),
        Duration.ofMillis(number(reply, 3)),
        count(reply.get(9)),
        config.optional("paused") != null,
        held != null && held.toEpochMilli() > number(reply, 10) ? held : null,
        rate == null ? null : new RateLimit(Double.parseDouble(rate), config.count("burst")),
        new QueueStatus.Counters(
            counters.total("enqueued"),
            counters.total("done"),
            counters.total("retried"),
            counters.total("dead"),
            counters.total("cancelled"),
            counters.total("lost"),
            counters.total("released"),
            counters.total("postponed")));
  }

  private static long number(List<Object> reply, int index) {
    return (Long) reply.get(index);
  }

  /** A hash; empty values count as absent. */
  private record Fields(Map<String, String> values) {
    String get(String field) {
      return Objects.requireNonNull(values.get(field), field);
    }

    @Nullable String optional(String field) {
      String value = values.get(field);
      return value == null || value.isEmpty() ? null : value;
    }

    long total(String field) {
      return Long.parseLong(values.getOrDefault(field, "0"));
    }

    int count(String field) {
      return Math.toIntExact(total(field));
    }

    @Nullable Instant time(String field) {
      String value = optional(field);
      return value == null ? null : instant(value);
    }
  }
}
