package dev.freshcut.notificationworker.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshcut.embeddedstack.TestServers;
import dev.freshcut.jobstreams.JobContext;
import dev.freshcut.jobstreams.Outcome;
import dev.freshcut.notificationworker.Samples;
import dev.freshcut.notificationworker.TestAttempt;
import dev.freshcut.notificationworker.TestDatabase;
import dev.freshcut.notificationworker.ledger.Entry;
import dev.freshcut.notificationworker.ledger.Ledger;
import dev.freshcut.notificationworker.sending.Channel;
import dev.freshcut.notificationworker.sending.Kind;
import dev.freshcut.notificationworker.sending.Notification;
import dev.freshcut.notificationworker.sending.SendResult;
import dev.freshcut.notificationworker.sending.Sender;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/** What is sent, with a database that goes away before that is noted. */
class DispatcherIT {
  private static final TestServers SERVERS = TestServers.shared();

  private final TestDatabase database =
      new TestDatabase(SERVERS.postgres(), SERVERS.freshDatabase());
  private final long location = database.location("Fade", "UTC");
  private final Notification notification = Samples.plain().of(Kind.CONFIRMED);
  private final Entry entry =
      new Entry(notification.id(), location, null, null, null, Kind.CONFIRMED, Channel.EMAIL);
  private int sent;
  private int refused;
  private int refuse;
  private boolean stopped;
  private Runnable meanwhile = () -> {};
  private SendResult answer = new SendResult.Sent("p-1");

  private final Dispatcher dispatcher =
      new Dispatcher(
          new Ledger(
              JdbcClient.create(
                  new DelegatingDataSource(database.worker()) {
                    @Override
                    public Connection getConnection() throws SQLException {
                      if (refused < refuse) {
                        refused++;
                        // The job's time runs out meanwhile.
                        stopped = true;
                        Thread.currentThread().interrupt();
                        throw new SQLException("away");
                      }
                      assertThat(Thread.currentThread().isInterrupted()).isFalse();
                      return super.getConnection();
                    }
                  }),
              Clock.systemUTC()),
          List.of(
              new Sender() {
                @Override
                public Channel channel() {
                  return Channel.EMAIL;
                }

                @Override
                public SendResult send(Notification message) {
                  sent++;
                  meanwhile.run();
                  refused = 0;
                  return answer;
                }
              }),
          (kind, channel, result) -> {},
          Clock.systemUTC());
  private final JobContext context = new TestAttempt(notification.id(), 1, () -> stopped);

  @AfterEach
  void leaveNoInterrupt() {
    boolean unused = Thread.interrupted();
  }

  private Outcome sendWhileAwayFor(int calls) throws InterruptedException {
    refuse = calls;
    refused = calls; // Until the message is sent.
    return dispatcher.send(entry, notification, context);
  }

  private String state() {
    return database
        .sql()
        .sql("SELECT state FROM notifications WHERE id = ?")
        .param(notification.id())
        .query(String.class)
        .single();
  }

  @Test
  void sentIsDoneAlsoIfTheLedgerCannotBeTold() throws Exception {
    assertThat(sendWhileAwayFor(Integer.MAX_VALUE)).isEqualTo(Outcome.done());
    assertThat(sent).isEqualTo(1);
    assertThat(state()).isEqualTo("sending");
  }

  @Test
  void aJobThatIsToEndTellsTheLedgerOnceMore() throws Exception {
    assertThat(sendWhileAwayFor(1)).isEqualTo(Outcome.done());
    assertThat(sent).isEqualTo(1);
    assertThat(state()).isEqualTo("sent");
  }

  /** As a worker leaves it that is lost between the two: whether it was sent nobody knows. */
  @Test
  void whatIsFoundAsBeingSentIsSentAgain() throws Exception {
    sendWhileAwayFor(Integer.MAX_VALUE);
    stopped = false;
    leaveNoInterrupt();
    assertThat(sendWhileAwayFor(0)).isEqualTo(Outcome.done());
    assertThat(sent).isEqualTo(2);
    assertThat(state()).isEqualTo("sent");
  }

  @Test
  void fromTheThirdUnansweredMessageOnAllWait() throws Exception {
    answer = new SendResult.Unanswered("no answer");
    assertThat(sendWhileAwayFor(0)).isEqualTo(Outcome.retry("no answer"));
    assertThat(sendWhileAwayFor(0)).isEqualTo(Outcome.retry("no answer"));
    assertThat(sendWhileAwayFor(0))
        .isEqualTo(new Outcome.Throttled("no answer", Duration.ofSeconds(15)));
    assertThat(state()).isEqualTo("failed");

    // Found without the provider, so that it may be silent still.
    answer = new SendResult.Permanent("no such address");
    assertThat(sendWhileAwayFor(0)).isInstanceOf(Outcome.Never.class);
    answer = new SendResult.Unanswered("no answer");
    assertThat(sendWhileAwayFor(0)).isInstanceOf(Outcome.Throttled.class);

    answer = new SendResult.Temporary("mailbox busy");
    assertThat(sendWhileAwayFor(0)).isEqualTo(Outcome.retry("mailbox busy"));
    answer = new SendResult.Unanswered("no answer");
    assertThat(sendWhileAwayFor(0)).isEqualTo(Outcome.retry("no answer"));
  }

  /** A smarthost that cannot verify one mailbox says what one says that has no room. */
  @Test
  void oneMailboxDoesNotHoldUpAllForGood() throws Exception {
    int counted = 0;
    for (int turn = 0; turn < 20; turn++) {
      answer = new SendResult.Throttled("451 recipient verify callout", Duration.ofMinutes(1));
      if (sendWhileAwayFor(0) instanceof Outcome.Retry) {
        counted++;
      }
      answer = new SendResult.Sent("p-1");
      for (int i = 0; i < Refusals.OTHERS; i++) {
        Entry other = other(turn * Refusals.OTHERS + i);
        assertThat(dispatcher.send(other, notification, context)).isEqualTo(Outcome.done());
      }
    }
    assertThat(counted).isEqualTo(20 - Refusals.PATIENCE);

    answer = new SendResult.Down("500");
    assertThat(sendWhileAwayFor(0)).isEqualTo(Outcome.retry("500"));
    assertThat(sendWhileAwayFor(0))
        .as("nobody was answered since")
        .isInstanceOf(Outcome.Throttled.class);
  }

  private Entry other(int number) {
    return new Entry("other:" + number, location, null, null, null, Kind.CONFIRMED, Channel.EMAIL);
  }

  /** Nothing that a provider says of her comes back after she was forgotten. */
  @Test
  void whoIsAnonymisedMeanwhileStaysSo() throws Exception {
    long customer = database.customer(location, "Ada");
    meanwhile =
        () ->
            database
                .sql()
                .sql("UPDATE customers SET anonymised_at = now(), phone = NULL WHERE id = ?")
                .param(customer)
                .update();
    Entry hers = new Entry("hers", location, customer, null, null, Kind.CONFIRMED, Channel.EMAIL);
    answer = new SendResult.Temporary("mailbox of Ada is full");
    assertThat(dispatcher.send(hers, notification, context)).isInstanceOf(Outcome.Retry.class);
    answer = new SendResult.Sent("p-1");
    assertThat(dispatcher.send(hers, notification, context)).isEqualTo(Outcome.done());

    assertThat(
            database
                .sql()
                .sql("SELECT concat_ws(' ', state, reason, provider_id) FROM notifications")
                .query(String.class)
                .single())
        .isEqualTo("sent");
  }

  @Test
  void whatWasSentIsNotSentAgain() throws Exception {
    assertThat(sendWhileAwayFor(0)).isEqualTo(Outcome.done());
    assertThat(sendWhileAwayFor(0)).isEqualTo(Outcome.skipped("it was sent before"));
    assertThat(sent).isEqualTo(1);
  }
}
