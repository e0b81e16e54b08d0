package dev.freshcut.notificationworker.email;

import dev.freshcut.notificationworker.sending.SendResult;
import jakarta.mail.Address;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Sends messages by SMTP and says what became of them. The dialogue runs on threads of the platform
 * and not on those of the callers, which may be virtual: Angus Mail waits for answers while it
 * holds monitors, and before Java 24 that keeps the virtual thread's carrier from everybody else.
 */
final class Smtp implements AutoCloseable {
  /** For one of the threads: with an answer or two it is within a job's time. */
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final SmtpConnections connections;
  private final ScheduledThreadPoolExecutor threads;
  private final Future<?> sweep;
  private final Duration patience;

  Smtp(EmailSettings settings) {
    this(settings, PATIENCE);
  }

  /**
   * With another patience.
   *
   * @param patience how long a message waits for a connection that is free
   */
  Smtp(EmailSettings settings, Duration patience) {
    this.patience = patience;
    connections = new SmtpConnections(settings);
    AtomicInteger count = new AtomicInteger();
    threads =
        new ScheduledThreadPoolExecutor(
            settings.connections(),
            work ->
                Thread.ofPlatform()
                    .daemon()
                    .name("smtp-" + count.incrementAndGet())
                    .unstarted(work));
    long often = Math.max(1, settings.idle().toMillis() / 2);
    sweep =
        threads.scheduleWithFixedDelay(connections::closeIdle, often, often, TimeUnit.MILLISECONDS);
  }

  Session session() {
    return connections.session();
  }

  /**
   * Sends one message. Once the dialogue has begun it is waited for, whatever comes: whoever went
   * away would not know whether the message was taken.
   */
  SendResult send(MimeMessage message, Address to) throws InterruptedException {
    Future<SendResult> dialogue = threads.submit(() -> attempt(message, to));
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return dialogue.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
          if (threads.remove((Runnable) dialogue)) {
            return new SendResult.Down("no connection to the mail server became free");
          }
        } catch (InterruptedException e) {
          if (threads.remove((Runnable) dialogue)) {
            throw e;
          }
          interrupted = true;
        } catch (ExecutionException e) {
          throw new IllegalStateException(e.getCause());
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private SendResult attempt(MimeMessage message, Address to) {
    try {
      connections.send(message, to);
      return new SendResult.Sent(message.getMessageID());
    } catch (MessagingException e) {
      return result(e);
    }
  }

  private SendResult result(MessagingException failure) {
    if (SmtpAnswer.isLogin(failure)) {
      return new SendResult.Down("the mail server refuses the login: " + text(failure));
    }
    if (failure instanceof SmtpConnections.NotOpenException) {
      return away(failure);
    }
    SmtpAnswer answer = SmtpAnswer.of(failure);
    return answer == null ? broken(failure) : answer.result();
  }

  /** No answer: is the server away, or is it this message? */
  private SendResult broken(MessagingException failure) {
    try {
      connections.probe();
    } catch (MessagingException e) {
      return away(e);
    }
    return new SendResult.Unanswered("the connection to the mail server broke: " + text(failure));
  }

  private static SendResult away(MessagingException failure) {
    return new SendResult.Down("the mail server can't be reached: " + text(failure));
  }

  private static String text(MessagingException failure) {
    Exception cause = failure.getNextException();
    String why = cause == null ? "" : " (" + cause.getMessage() + ")";
    return SmtpAnswer.withoutAddresses(failure.getMessage() + why);
  }

  /** Ends what runs within its time-outs. */
  @Override
  public void close() {
    sweep.cancel(false);
    threads.shutdown();
    connections.close();
  }
}
