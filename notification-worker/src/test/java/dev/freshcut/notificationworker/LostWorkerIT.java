package dev.freshcut.notificationworker;

import static dev.freshcut.notificationworker.WorkerFixture.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freshcut.jobstreams.JobState;
import dev.freshcut.jobstreams.store.JobRecord;
import dev.freshcut.notificationworker.sending.SendResult;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Workers that are lost when a message is out and not everybody knows. */
@ExtendWith(SharedWorker.class)
class LostWorkerIT {
  private final WorkerFixture fixture;
  private final Shop shop;

  LostWorkerIT(WorkerFixture fixture) {
    this.fixture = fixture;
    this.shop = new Shop(fixture, Shop.BERLIN);
  }

  @AfterEach
  void joinAgain() {
    fixture.clock.cut(false);
  }

  private String confirmation() {
    long id = shop.booked(shop.inDays(3));
    fixture.stream();
    return "confirmed:" + id + ":1:email";
  }

  private JobRecord job(String id) {
    return fixture.store().find("email", id).orElseThrow();
  }

  private int attempts(String id) {
    return fixture
        .database
        .sql()
        .sql("SELECT attempts FROM notifications WHERE id = ?")
        .param(id)
        .query(Integer.class)
        .single();
  }

  /** The queue does not know that it is done, and gives it to another: the ledger does. */
  @Test
  void whatTheLedgerHasAsSentIsNotSentAgain() {
    fixture.email.answer(
        notification -> {
          fixture.clock.cut(true);
          return new SendResult.Sent("p-1");
        });
    String id = confirmation();
    eventually().until(() -> fixture.ledger(id).equals("sent"));
    fixture.clock.loseWorkers("email");
    fixture.clock.cut(false);
    eventually().until(() -> job(id).state() == JobState.DONE);
    assertThat(job(id).losses()).isEqualTo(1);
    assertThat(job(id).reason()).isEqualTo("it was sent before");
    assertThat(fixture.email.asked()).isEqualTo(1);
    assertThat(attempts(id)).isEqualTo(1);
  }

  /** The provider took it, and whoever heard that is no more: the one way to send it twice. */
  @Test
  void whatTheLedgerHasAsSendingIsSentAgainUnderTheSameName() {
    CountDownLatch taken = new CountDownLatch(1);
    fixture.email.answer(
        notification -> {
          if (fixture.email.asked() == 1) {
            taken.countDown();
            Thread.sleep(Duration.ofMinutes(5));
          }
          return new SendResult.Sent("p-2");
        });
    String id = confirmation();
    eventually().until(() -> taken.getCount() == 0);
    assertThat(fixture.ledger(id)).isEqualTo("sending");
    fixture.clock.loseWorkers("email");
    eventually().until(() -> fixture.ledger(id).equals("sent"));
    eventually().until(() -> job(id).state() == JobState.DONE);
    assertThat(job(id).losses()).isEqualTo(1);
    assertThat(fixture.email.ids()).containsExactly(id);
    assertThat(fixture.email.asked()).isEqualTo(2);
    assertThat(attempts(id)).isEqualTo(2);
  }
}
