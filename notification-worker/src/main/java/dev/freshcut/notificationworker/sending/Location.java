package dev.freshcut.notificationworker.sending;

import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/**
 * Who writes.
 *
 * @param zone of its wall clocks
 * @param replyTo address for answers, if it has one
 */
public record Location(long id, String name, ZoneId zone, @Nullable String replyTo) {}
