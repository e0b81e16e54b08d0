package dev.freshcut.bookingapi.waitinglist;

import dev.freshcut.bookingapi.web.Word;

/** Where an entry stands. The schema has the same names, and a trigger for the transitions. */
enum State implements Word {
  /** No time has been found. */
  WAITING,
  /** A time is held for the customer. */
  OFFERED,
  /** She took it: it is an appointment. */
  ACCEPTED,
  /** She did not want it. */
  DECLINED,
  /** The offer, or the dates, went by. */
  EXPIRED,
  /** She waits no longer. */
  CANCELLED
}
