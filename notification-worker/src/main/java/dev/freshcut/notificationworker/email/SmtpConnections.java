package dev.freshcut.notificationworker.email;

import jakarta.mail.Address;
import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.MessagingException;
import jakarta.mail.NoSuchProviderException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.MimeMessage;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Connections to the mail server, each used for many messages. There are as many as threads send at
 * the same time.
 */
final class SmtpConnections implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(SmtpConnections.class);

  /** A connection that was not used for so long may have been closed by the server. */
  private static final Duration FRESH = Duration.ofSeconds(1);

  /** There is no connection, so that no message was handed over. */
  static final class NotOpenException extends MessagingException {
    private static final long serialVersionUID = 1L;

    NotOpenException(MessagingException why) {
      super(why.getMessage(), why.getNextException());
    }
  }

  private final EmailSettings settings;
  private final Session session;
  private final ReentrantLock lock = new ReentrantLock();

  /** The one used last is first. Guarded by the lock. */
  private final Deque<Connection> idle = new ArrayDeque<>();

  /** Guarded by the lock. */
  private boolean closed;

  SmtpConnections(EmailSettings settings) {
    this.settings = settings;
    this.session = Session.getInstance(properties(settings));
  }

  Session session() {
    return session;
  }

  /**
   * Hands a message to the server.
   *
   * @throws MessagingException as the server, or the way to it, refuses
   */
  void send(MimeMessage message, Address to) throws MessagingException {
    Connection connection = reused();
    if (connection != null) {
      try {
        send(connection, message, to);
        return;
      } catch (MessagingException e) {
        SmtpAnswer answer = SmtpAnswer.of(e);
        if (answer == null || !answer.isClosing()) {
          throw e;
        }
        // It had enough of that connection, and nothing was taken.
      }
    }
    send(open(), message, to);
  }

  /**
   * Whether a new connection can be made.
   *
   * @throws MessagingException if not
   */
  void probe() throws MessagingException {
    giveBack(open());
  }

  /** Closes those that were not used for long. */
  void closeIdle() {
    long now = System.nanoTime();
    List<Connection> old = new ArrayList<>();
    lock.lock();
    try {
      while (!idle.isEmpty() && now - idle.getLast().usedAt >= settings.idle().toNanos()) {
        old.add(idle.removeLast());
      }
    } finally {
      lock.unlock();
    }
    old.forEach(SmtpConnections::close);
  }

  @Override
  public void close() {
    List<Connection> all;
    lock.lock();
    try {
      closed = true;
      all = new ArrayList<>(idle);
      idle.clear();
    } finally {
      lock.unlock();
    }
    all.forEach(SmtpConnections::close);
  }

  private void send(Connection connection, MimeMessage message, Address to)
      throws MessagingException {
    try {
      connection.transport.sendMessage(message, new Address[] {to});
    } catch (MessagingException e) {
      SmtpAnswer answer = SmtpAnswer.of(e);
      if (answer == null || answer.isClosing()) {
        close(connection);
      } else {
        giveBack(connection);
      }
      throw e;
    }
    connection.sent++;
    giveBack(connection);
  }

  private @Nullable Connection reused() {
    while (true) {
      Connection connection;
      lock.lock();
      try {
        connection = idle.pollFirst();
      } finally {
        lock.unlock();
      }
      if (connection == null) {
        return null;
      }
      boolean fresh = System.nanoTime() - connection.usedAt < FRESH.toNanos();
      if (fresh || connection.transport.isConnected()) {
        return connection;
      }
    }
  }

  private Connection open() throws MessagingException {
    Transport transport = transport();
    try {
      transport.connect(settings.host(), settings.port(), settings.username(), settings.password());
    } catch (AuthenticationFailedException e) {
      throw e;
    } catch (MessagingException e) {
      throw new NotOpenException(e);
    }
    return new Connection(transport);
  }

  private Transport transport() {
    try {
      return session.getTransport("smtp");
    } catch (NoSuchProviderException e) {
      throw new IllegalStateException(e); // it is on the class path
    }
  }

  private void giveBack(Connection connection) {
    connection.usedAt = System.nanoTime();
    if (connection.sent >= settings.messagesPerConnection() || !kept(connection)) {
      close(connection);
    }
  }

  /** Keeps it for the next message, unless all are being closed. */
  private boolean kept(Connection connection) {
    lock.lock();
    try {
      if (!closed) {
        idle.addFirst(connection);
      }
      return !closed;
    } finally {
      lock.unlock();
    }
  }

  private static void close(Connection connection) {
    try {
      connection.transport.close();
    } catch (MessagingException e) {
      log.debug("A connection to the mail server was not closed in order: {}", e.getMessage());
    }
  }

  private static Properties properties(EmailSettings settings) {
    Properties properties = new Properties();
    String connect = Long.toString(settings.connectTimeout().toMillis());
    String answer = Long.toString(settings.answerTimeout().toMillis());
    properties.setProperty("mail.smtp.connectiontimeout", connect);
    properties.setProperty("mail.smtp.timeout", answer);
    properties.setProperty("mail.smtp.writetimeout", answer);
    properties.setProperty("mail.smtp.auth", Boolean.toString(settings.username() != null));
    properties.setProperty("mail.smtp.localhost", settings.domain());
    properties.setProperty("mail.smtp.from", settings.from());
    properties.setProperty("mail.smtp.quitwait", "false");
    properties.setProperty("mail.smtp.ssl.checkserveridentity", "true");
    switch (settings.security()) {
      case NONE -> {}
      case STARTTLS -> {
        properties.setProperty("mail.smtp.starttls.enable", "true");
        properties.setProperty("mail.smtp.starttls.required", "true");
      }
      case TLS -> properties.setProperty("mail.smtp.ssl.enable", "true");
    }
    return properties;
  }

  /** One of them; used by one thread at a time. */
  private static final class Connection {
    private final Transport transport;
    private int sent;
    private long usedAt;

    Connection(Transport transport) {
      this.transport = transport;
    }
  }
}
