package dev.freshcut.notificationworker.ledger;

import dev.freshcut.notificationworker.sending.Channel;
import dev.freshcut.notificationworker.sending.Kind;
import org.jspecify.annotations.Nullable;

/**
 * What a message is about, as the ledger has it.
 *
 * @param id the job's
 * @param customerId null: the location's owners
 */
public record Entry(
    String id,
    long locationId,
    @Nullable Long customerId,
    @Nullable Long appointmentId,
    @Nullable Long waitingListId,
    Kind kind,
    Channel channel) {}
