package dev.freshcut.notificationworker.sms;

import dev.freshcut.notificationworker.settings.Check;
import java.net.URI;
import java.time.Duration;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The provider of text messages: Twilio, or one whose interface is the same.
 *
 * @param account its id; without one no SMS is sent
 * @param token the account's secret
 * @param from the number that messages come from, a sender's name of at most 11 characters, or the
 *     id of a messaging service (MG…)
 * @param url where the interface is; https, or http on this host
 * @param defaultCountry of phone numbers that do not begin with their country's code, ISO 3166 such
 *     as DE; without one such numbers are not sent to
 * @param segments most that a message may take, 2 to 5, as none fits into one with its names; these
 *     are cut to keep to it
 * @param connectTimeout for a connection, 100 ms to 1 min
 * @param answerTimeout from the request to the whole answer, 100 ms to 1 min
 */
@ConfigurationProperties("freshcut.notifications.sms")
public record SmsSettings(
    @Nullable String account,
    @Nullable String token,
    @Nullable String from,
    @DefaultValue("https://api.twilio.com") URI url,
    @Nullable String defaultCountry,
    @DefaultValue("2") int segments,
    @DefaultValue("5s") Duration connectTimeout,
    @DefaultValue("15s") Duration answerTimeout) {
  private static final String PREFIX = "freshcut.notifications.sms.";
  private static final Pattern ACCOUNT = Pattern.compile("[A-Za-z0-9]{1,64}");
  private static final Pattern FROM =
      Pattern.compile("\\+[1-9][0-9]{6,14}|MG[0-9a-f]{32}|(?=.*[A-Za-z])[A-Za-z0-9 +_&-]{1,11}");

  /**
   * Checks bounds.
   *
   * @throws IllegalArgumentException with the setting, the reason and the mend
   */
  public SmsSettings {
    if (account != null) {
      Check.matches(
          PREFIX + "account", account, ACCOUNT, "set it to the account's id, or leave it out");
      Check.notBlank(PREFIX + "token", token == null ? "" : token, "set it to the account's token");
      Check.matches(
          PREFIX + "from",
          from == null ? "" : from,
          FROM,
          "set it to a number such as +4930901820, a name of at most 11 letters, or MG…");
    }
    if (!isPrivate(url)) {
      throw Check.refused(PREFIX + "url", "is " + url, "set it to an https address without a path");
    }
    if (defaultCountry != null && !PhoneNumbers.isCountry(defaultCountry)) {
      throw Check.refused(
          PREFIX + "default-country", "is '" + defaultCountry + "'", "set it to one such as DE");
    }
    Check.between(PREFIX + "segments", segments, 2, 5);
    Check.between(
        PREFIX + "connect-timeout", connectTimeout, Duration.ofMillis(100), Duration.ofMinutes(1));
    Check.between(
        PREFIX + "answer-timeout", answerTimeout, Duration.ofMillis(100), Duration.ofMinutes(1));
  }

  /** Whether the token can be sent there: nobody listens on the way. */
  private static boolean isPrivate(URI url) {
    String host = url.getHost();
    if (host == null
        || url.getUserInfo() != null
        || url.getQuery() != null
        || url.getFragment() != null
        || !url.getPath().matches("/?")) {
      return false;
    }
    boolean here = host.equals("localhost") || host.equals("127.0.0.1") || host.equals("[::1]");
    return "https".equals(url.getScheme()) || ("http".equals(url.getScheme()) && here);
  }

  /** Without the token. */
  @Override
  public String toString() {
    return "SmsSettings[account=%s, url=%s]".formatted(account, url);
  }
}
