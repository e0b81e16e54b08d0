package dev.freshcut.bookingapi.write;

import dev.freshcut.bookingapi.coherence.Written;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.TransientDataAccessResourceException;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionStatus;
import org.springframework.transaction.support.DefaultTransactionDefinition;

/**
 * A request whose write is committed not when the work is done but at the request's end, together
 * with rows that depend on its answer. While it is open, every {@link Writes#run} of this thread
 * belongs to its one transaction. Confined to the thread that made it, which closes it.
 */
public final class OpenWrite implements AutoCloseable {
  private static final ThreadLocal<OpenWrite> CURRENT = new ThreadLocal<>();

  private final Writes writes;
  private final PlatformTransactionManager transactions;
  private final Runnable first;
  private final RowChanges changes = new RowChanges();
  private @Nullable TransactionStatus transaction;
  private boolean complete;
  private long xid;

  OpenWrite(Writes writes, PlatformTransactionManager transactions, Runnable first) {
    if (CURRENT.get() != null) {
      throw new IllegalStateException("a write of this thread is open");
    }
    this.writes = writes;
    this.transactions = transactions;
    this.first = first;
    CURRENT.set(this);
  }

  /** This thread's, if it has one. */
  static @Nullable OpenWrite current() {
    return CURRENT.get();
  }

  /** Whether there is a transaction to commit: one has begun, and has not failed. */
  public boolean isPending() {
    return transaction != null;
  }

  /** Runs work in the transaction, which begins with the first. */
  <T> Written<T> run(Function<RowChanges, T> work) {
    if (transaction == null) {
      begin();
    }
    try {
      T value = work.apply(changes);
      xid = writes.currentXid();
      complete = true;
      return new Written<>(value, xid);
    } catch (RuntimeException | Error e) {
      giveUp();
      throw e;
    }
  }

  private void begin() {
    if (complete) {
      throw new TransientDataAccessResourceException(
          "an earlier part of the request's transaction has been rolled back");
    }
    changes.clear();
    writes.awaitTurn();
    try {
      transaction = transactions.getTransaction(new DefaultTransactionDefinition());
      first.run();
    } catch (RuntimeException | Error e) {
      giveUp();
      throw e;
    }
  }

  /**
   * Commits, and evicts what the transaction has changed.
   *
   * @param last writes rows in the same transaction, as its last act
   */
  public void commit(Runnable last) {
    TransactionStatus pending = Objects.requireNonNull(transaction, "nothing to commit");
    try {
      last.run();
    } catch (RuntimeException | Error e) {
      giveUp();
      throw e;
    }
    transaction = null;
    try {
      transactions.commit(pending);
    } finally {
      writes.endTurn();
    }
    writes.evict(changes, xid);
  }

  /** Rolls back and ends the turn. */
  private void giveUp() {
    TransactionStatus pending = transaction;
    transaction = null;
    try {
      if (pending != null) {
        transactions.rollback(pending);
      }
    } finally {
      writes.endTurn();
    }
  }

  /** Rolls back what has not been committed. */
  @Override
  public void close() {
    CURRENT.remove();
    if (transaction != null) {
      giveUp();
    }
  }
}
