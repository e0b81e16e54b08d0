package dev.freshcut.notificationworker.settings;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Names of the topics.
 *
 * @param prefix first part of the table topics' names: prefix.schema.table
 * @param control topic on which gaps are announced; prefix.control unless set
 * @param deadLetter topic for records that can't be worked on; prefix.notifications-dead-letter
 *     unless set
 */
public record TopicSettings(
    @DefaultValue("freshcut") String prefix,
    @Nullable String control,
    @Nullable String deadLetter) {
  private static final String PREFIX = "freshcut.notifications.topics.";
  private static final Pattern TOPIC = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,119}");

  /**
   * Checks form.
   *
   * @throws IllegalArgumentException with the setting, the reason and the mend
   */
  public TopicSettings {
    topic("prefix", prefix);
    if (control != null) {
      topic("control", control);
    }
    if (deadLetter != null) {
      topic("dead-letter", deadLetter);
    }
  }

  /** The control topic's name. */
  public String controlTopic() {
    return control == null ? prefix + ".control" : control;
  }

  /** The dead-letter topic's name. */
  public String deadLetterTopic() {
    return deadLetter == null ? prefix + ".notifications-dead-letter" : deadLetter;
  }

  private static void topic(String name, String value) {
    Check.matches(
        PREFIX + name,
        value,
        TOPIC,
        "use up to 120 letters, digits, dots, underscores and hyphens");
  }
}
