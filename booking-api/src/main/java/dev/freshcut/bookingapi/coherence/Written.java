package dev.freshcut.bookingapi.coherence;

/**
 * What a committed write answers. As the body of a response it stands for its value, and the
 * response carries the transaction's {@link ConsistencyToken}.
 *
 * @param value the answer's body
 * @param xid the transaction
 */
public record Written<T>(T value, long xid) {}
