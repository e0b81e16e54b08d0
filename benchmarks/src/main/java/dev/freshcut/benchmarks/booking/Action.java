package dev.freshcut.benchmarks.booking;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * What somebody does on a booking day. Shops, days and services are popular by {@link Zipf}'s law;
 * of ten who ask for free times six take any barber.
 *
 * @param kind what is done
 * @param shop which, from 0
 * @param day which, from 0, the first
 * @param barber which, from 0; -1 for any
 * @param service which, from 0
 */
record Action(Kind kind, int shop, int day, int barber, int service) {

  /** What can be done, and how often among a hundred. */
  enum Kind {
    /** Asks for the free times of a day. */
    SLOTS(55),
    /** Asks what there is to have. */
    SERVICES(10),
    /** Asks who works there. */
    BARBERS(10),
    /** Asks when the shop is open. */
    HOURS(10),
    /** Asks how bookings are made. */
    SETTINGS(5),
    /** Asks for the next free time. */
    NEXT_SLOT(5),
    /** Books a time that was seen free. */
    BOOK(4),
    /** Cancels an appointment that was made here. */
    CANCEL(1);

    private final int share;

    Kind(int share) {
      this.share = share;
    }

    boolean reads() {
      return this != BOOK && this != CANCEL;
    }

    private static Kind at(int percent) {
      int left = percent;
      for (Kind kind : values()) {
        left -= kind.share;
        if (left < 0) {
          return kind;
        }
      }
      throw new AssertionError("shares do not make a hundred");
    }
  }

  /** A day's actions; the same for the same seed. */
  static List<Action> day(long seed, int count, int shops) {
    Random random = new Random(seed);
    Zipf shop = new Zipf(shops);
    Zipf day = new Zipf(Town.DAYS);
    Zipf service = new Zipf(Town.SERVICES);
    List<Action> actions = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      actions.add(
          new Action(
              Kind.at(random.nextInt(100)),
              shop.next(random),
              day.next(random),
              random.nextInt(10) < 6 ? -1 : random.nextInt(Town.BARBERS),
              service.next(random)));
    }
    return actions;
  }
}
