package dev.freshcut.notificationworker.email;

import dev.freshcut.notificationworker.settings.Check;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import java.time.Duration;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The mail server, and who writes.
 *
 * @param host the mail server's; without one no email is sent
 * @param port 1 to 65,535; usually 587 with {@code starttls}, 465 with {@code tls}
 * @param security how the connection is kept private; the server's certificate is checked
 * @param username to log in with; without one there is no login
 * @param password its password
 * @param from address that messages come from; its domain also names messages and calendar entries
 * @param connections most that are open at the same time, 1 to 32
 * @param messagesPerConnection after so many it is closed, 1 to 10,000; many servers bound it
 * @param idle how long a connection is kept for the next message, 1 s to 5 min
 * @param connectTimeout for a connection, 100 ms to 1 min
 * @param answerTimeout for each answer of the server, 100 ms to 1 min
 */
@ConfigurationProperties("freshcut.notifications.email")
public record EmailSettings(
    @Nullable String host,
    @DefaultValue("587") int port,
    @DefaultValue("starttls") Security security,
    @Nullable String username,
    @Nullable String password,
    @DefaultValue("no-reply@freshcut.example") String from,
    @DefaultValue("4") int connections,
    @DefaultValue("100") int messagesPerConnection,
    @DefaultValue("10s") Duration idle,
    @DefaultValue("10s") Duration connectTimeout,
    @DefaultValue("30s") Duration answerTimeout) {
  private static final String PREFIX = "freshcut.notifications.email.";
  private static final Pattern VISIBLE = Pattern.compile("[\\x21-\\x7e]{1,254}");

  /** How a connection is kept private. */
  public enum Security {
    /** Not at all: for servers on this host. */
    NONE,
    /** The server must offer TLS on the plain connection. */
    STARTTLS,
    /** TLS from the beginning. */
    TLS
  }

  /**
   * Checks bounds.
   *
   * @throws IllegalArgumentException with the setting, the reason and the mend
   */
  public EmailSettings {
    if (host != null) {
      Check.notBlank(PREFIX + "host", host, "set it to the mail server's name, or leave it out");
    }
    Check.between(PREFIX + "port", port, 1, 65_535);
    Check.between(PREFIX + "connections", connections, 1, 32);
    Check.between(PREFIX + "messages-per-connection", messagesPerConnection, 1, 10_000);
    Check.between(PREFIX + "idle", idle, Duration.ofSeconds(1), Duration.ofMinutes(5));
    Check.between(
        PREFIX + "connect-timeout", connectTimeout, Duration.ofMillis(100), Duration.ofMinutes(1));
    Check.between(
        PREFIX + "answer-timeout", answerTimeout, Duration.ofMillis(100), Duration.ofMinutes(1));
    Check.matches(
        PREFIX + "from", from, VISIBLE, "set it to an address such as no-reply@fade.example");
    try {
      new InternetAddress(from, true);
    } catch (AddressException e) {
      throw Check.refused(
          PREFIX + "from",
          "is '" + from + "'",
          "set it to an address such as no-reply@fade.example");
    }
    if ((username == null) != (password == null)) {
      throw Check.refused(PREFIX + "username", "and password go together", "set both or neither");
    }
    if (username != null && security == Security.NONE) {
      throw Check.refused(
          PREFIX + "security",
          "is none, which would show the password",
          "set it to starttls or tls");
    }
  }

  /** What stands behind the at sign of {@link #from}. */
  String domain() {
    return from.substring(from.lastIndexOf('@') + 1);
  }

  /** Without the password. */
  @Override
  public String toString() {
    return "EmailSettings[host=%s, port=%d, security=%s]".formatted(host, port, security);
  }
}
