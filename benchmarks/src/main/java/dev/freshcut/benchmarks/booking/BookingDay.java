package dev.freshcut.benchmarks.booking;

import dev.freshcut.benchmarks.measure.OpenLoop;
import java.io.IOException;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.atomic.LongAdder;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Clients that read and book in a town of their own, and what became of what they read. */
final class BookingDay {
  private static final int CREATED = 201;
  private static final int CONFLICT = 409;
  private static final int UNPROCESSABLE = 422;

  private final BookingPlatform platform;
  private final Town town;
  private final String authorization;
  private final AfterWrite afterWrite;
  private final Map<Action.Kind, Reads> reads = new ConcurrentHashMap<>();
  private final LongAdder writes = new LongAdder();
  private final LongAdder refused = new LongAdder();
  private final Deque<Long> booked = new ConcurrentLinkedDeque<>();

  /** What a system does once a write is done, beside what this one does. */
  @FunctionalInterface
  interface AfterWrite {
    /** Called by whoever has written, before it goes on. */
    void run() throws Exception;
  }

  BookingDay(BookingPlatform platform, Town town, AfterWrite afterWrite) throws IOException {
    this.platform = platform;
    this.town = town;
    this.afterWrite = afterWrite;
    this.authorization = platform.authorization();
  }

  /**
   * Reads of a kind.
   *
   * @param all of them
   * @param hits among them
   */
  record Reads(long all, long hits) {
    static final Reads NONE = new Reads(0, 0);

    static Reads one(boolean hit) {
      return new Reads(1, hit ? 1 : 0);
    }

    Reads plus(Reads others) {
      return new Reads(all + others.all, hits + others.hits);
    }

    double hitPercent() {
      return 100.0 * hits / all;
    }
  }

  /**
   * What was counted.
   *
   * @param reads by what was read
   * @param writes that were made
   * @param refused writes, as the time had been taken by then
   */
  record Counted(Map<Action.Kind, Reads> reads, long writes, long refused) {
    Reads of(Action.Kind kind) {
      return reads.getOrDefault(kind, Reads.NONE);
    }

    Reads all() {
      return reads.values().stream().reduce(Reads.NONE, Reads::plus);
    }

    double hitPercent() {
      return all().hitPercent();
    }
  }

  /**
   * Does the actions at a rate, in about this order.
   *
   * @param uncounted actions at the beginning
   */
  Counted run(List<Action> actions, int uncounted, double perSecond, int threads) throws Exception {
    try (Connections connections = new Connections(platform, threads)) {
      new OpenLoop(perSecond, threads)
          .offer(
              actions.size(),
              (thread, index, due) ->
                  run(connections.get(thread), actions.get(index), index >= uncounted));
    }
    return new Counted(Map.copyOf(reads), writes.sum(), refused.sum());
  }

  private void run(HttpConnection connection, Action action, boolean counted) throws Exception {
    if (action.kind().reads()) {
      boolean hit = connection.get(path(action), "").expect(200).hit();
      if (counted) {
        reads.merge(action.kind(), Reads.one(hit), Reads::plus);
      }
      return;
    }
    boolean done =
        action.kind() == Action.Kind.BOOK ? book(connection, action) : cancel(connection);
    if (done) {
      afterWrite.run();
    }
    if (counted) {
      (done ? writes : refused).increment();
    }
  }

  private String path(Action action) {
    Town.Shop shop = town.shops().get(action.shop());
    String barber =
        action.barber() < 0 ? "any" : Long.toString(shop.barbers().get(action.barber()));
    long service = shop.services().get(action.service());
    String location = "/api/v1/locations/" + shop.id();
    return switch (action.kind()) {
      case SLOTS, BOOK, CANCEL -> town.slots(shop, action.day(), barber, service);
      case SERVICES -> location + "/services";
      case BARBERS -> location + "/barbers";
      case HOURS -> location + "/business-hours";
      case SETTINGS -> location + "/booking-settings";
      case NEXT_SLOT -> location + "/next-slot?barber=" + barber + "&service=" + service;
    };
  }

  /** Books a time in the middle of those that are free; false if there is none, or it is gone. */
  private boolean book(HttpConnection connection, Action action) throws IOException {
    JsonNode slots = json(connection.get(path(action), "").expect(200)).path("slots");
    if (slots.isEmpty()) {
      return false;
    }
    JsonNode slot = slots.get(slots.size() / 2);
    Town.Shop shop = town.shops().get(action.shop());
    HttpConnection.Reply reply =
        connection.post(
            "/api/v1/appointments",
            authorization,
            """
            {"locationId": %d, "barberId": %d, "serviceId": %d, "startsAt": "%s",
             "customer": {"name": "Customer", "email": "customer@example.org"}}
            """
                .formatted(
                    shop.id(),
                    slot.path("barberIds").get(0).longValue(),
                    shop.services().get(action.service()),
                    slot.path("startsAt").stringValue()));
    if (reply.status() == CONFLICT || reply.status() == UNPROCESSABLE) {
      return false;
    }
    booked.add(json(reply.expect(CREATED)).path("id").longValue());
    return true;
  }

  private boolean cancel(HttpConnection connection) throws IOException {
    Long appointment = booked.poll();
    if (appointment == null) {
      return false;
    }
    connection
        .post("/api/v1/appointments/" + appointment + "/cancel", authorization, "")
        .expect(200);
    return true;
  }

  private static JsonNode json(HttpConnection.Reply reply) {
    return JsonMapper.shared().readTree(reply.body());
  }
}
