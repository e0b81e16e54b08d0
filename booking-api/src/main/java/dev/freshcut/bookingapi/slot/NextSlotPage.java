package dev.freshcut.bookingapi.slot;

import java.time.LocalDate;

/**
 * What is cached of a search for the next slot.
 *
 * @param date the first that has slots; if none has, the last that was looked at
 * @param page that date's
 */
record NextSlotPage(LocalDate date, SlotPage page) {}
