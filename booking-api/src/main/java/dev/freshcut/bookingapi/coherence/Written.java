package dev.freshcut.bookingapi.coherence;

import java.util.function.Function;

/**
 * What a committed write answers. As the body of a response it stands for its value, and the
 * response carries the transaction's {@link ConsistencyToken}.
 *
 * @param value the answer's body
 * @param xid the transaction
 */
public record Written<T>(T value, long xid) {
  /** Another value of the same write. */
  public <R> Written<R> map(Function<? super T, ? extends R> change) {
    return new Written<>(change.apply(value), xid);
  }
}
