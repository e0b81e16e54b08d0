package dev.freshcut.jobstreams.store;

import java.util.Set;

/**
 * The answer to a heartbeat.
 *
 * @param renewed false if the lease had ended: what the worker still runs may be running elsewhere,
 *     and it gets no lease under this name any more
 * @param cancelled ids of running jobs, of whichever worker, that somebody wants cancelled
 * @param recovered jobs taken back from workers whose lease had ended
 * @param buried those among them that had been lost too often and became dead letters
 * @param more whether more of them are to be taken back: the next heartbeat may come at once
 */
public record Beat(
    boolean renewed, Set<String> cancelled, int recovered, int buried, boolean more) {}
