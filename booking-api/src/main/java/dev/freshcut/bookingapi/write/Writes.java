package dev.freshcut.bookingapi.write;

import com.zaxxer.hikari.HikariDataSource;
import dev.freshcut.bookingapi.BookingSettings;
import dev.freshcut.bookingapi.coherence.Written;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.dao.TransientDataAccessResourceException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Runs writes: each in one transaction, and after its commit the evictions that it causes. */
@Component
public final class Writes {
  private static final Logger log = LoggerFactory.getLogger(Writes.class);

  private final PlatformTransactionManager transactions;
  private final TransactionTemplate transaction;
  private final JdbcClient database;
  private final EvictionAfterCommit eviction;
  private final int attempts;
  private final Semaphore turns;
  private final Duration patience;

  Writes(
      PlatformTransactionManager transactions,
      JdbcClient database,
      EvictionAfterCommit eviction,
      HikariDataSource pool,
      BookingSettings settings) {
    this.transactions = transactions;
    this.transaction = new TransactionTemplate(transactions);
    this.database = database;
    this.eviction = eviction;
    this.attempts = settings.writeAttempts();
    // Some connections are for reads alone, however many writes wait for one barber's lock.
    this.turns = new Semaphore(Math.max(1, pool.getMaximumPoolSize() * 3 / 4), true);
    this.patience = Duration.ofMillis(pool.getConnectionTimeout());
  }

  /**
   * Runs the work at READ COMMITTED. An exception rolls it back; if PostgreSQL gave it up for the
   * sake of another transaction (deadlock), it is run again, so it must have no effect outside.
   *
   * @param work is told where to note the rows that it changes
   * @return what the work returned, and its transaction
   * @throws TransientDataAccessResourceException if too many writes are under way
   */
  public <T> Written<T> run(Function<RowChanges, T> work) {
    for (int attempt = 1; ; attempt++) {
      try {
        return once(work);
      } catch (ConcurrencyFailureException e) {
        if (attempt >= attempts) {
          throw e;
        }
        log.info("write given up by PostgreSQL, tried again: {}", e.getMessage());
      }
    }
  }

  /**
   * Runs work that may be refused. A refusal is a value: what the work has written by then is
   * committed, unless the request has an idempotency key. So before it refuses, it may write only
   * what is right without the rest too: a customer who is made, holds that are found to be over.
   *
   * @see #run
   */
  public <T, R> Outcome<Written<T>, R> attempt(Function<RowChanges, Outcome<T, R>> work) {
    return Outcome.of(run(work));
  }

  /**
   * Makes the writes of this thread one transaction, until the result is closed. Only the first of
   * them is run again after a deadlock.
   *
   * @param first what the transaction begins with; an exception of its refuses the write
   */
  public OpenWrite open(Runnable first) {
    return new OpenWrite(this, transactions, first);
  }

  private <T> Written<T> once(Function<RowChanges, T> work) {
    OpenWrite open = OpenWrite.current();
    if (open != null) {
      return open.run(work);
    }
    RowChanges changes = new RowChanges();
    Written<T> written;
    awaitTurn();
    try {
      written =
          Objects.requireNonNull(
              transaction.execute(status -> new Written<>(work.apply(changes), currentXid())));
    } finally {
      endTurn();
    }
    evict(changes, written.xid());
    return written;
  }

  void evict(RowChanges changes, long xid) {
    eviction.evict(changes, xid);
  }

  void endTurn() {
    turns.release();
  }

  void awaitTurn() {
    try {
      if (turns.tryAcquire(patience.toMillis(), TimeUnit.MILLISECONDS)) {
        return;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    throw new TransientDataAccessResourceException(
        "other writes took all connections that writes may have for " + patience);
  }

  long currentXid() {
    return database.sql("SELECT pg_current_xact_id()::text::bigint").query(Long.class).single();
  }
}
