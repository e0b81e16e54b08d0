package dev.freshcut.notificationworker.reminder;

import java.time.Instant;

/**
 * One reminder of an appointment.
 *
 * @param minutes how long before the start it was asked for: with the start, its name
 * @param at when it is to be sent; another time than asked for if that was quiet
 */
public record Reminder(int minutes, Instant at) {}
