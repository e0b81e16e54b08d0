package dev.freshcut.notificationworker.template;

import com.samskivert.mustache.Mustache;
import com.samskivert.mustache.MustacheException;
import com.samskivert.mustache.Template;
import dev.freshcut.notificationworker.sending.Kind;
import dev.freshcut.notificationworker.sending.Notification;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Writes messages in the recipient's language, or in English where there are no texts in hers, with
 * times by her clocks. What people typed stays what it is: it is escaped for HTML, kept on its
 * line, and never read as a template.
 */
public final class Texts {
  /** Longest name in an email. */
  private static final int LONGEST_NAME = 200;

  /** Rows of the table in an email: label's key and value's variable, in their order. */
  private static final List<Map.Entry<String, String>> ROWS =
      List.of(
          Map.entry("row.service", "service"),
          Map.entry("row.barber", "barber"),
          Map.entry("row.when", "when"),
          Map.entry("row.at-location", "atLocation"),
          Map.entry("row.where", "where"),
          Map.entry("row.until", "until"),
          Map.entry("row.price", "price"),
          Map.entry("row.url", "url"),
          Map.entry("row.reason", "reason"));

  private final Map<Writing, Bundle> bundles = new EnumMap<>(Writing.class);
  private final Template plain;
  private final Template html;

  /** Reads and compiles all texts. */
  public Texts() {
    for (Writing each : Writing.values()) {
      bundles.put(each, Bundle.read(each.language()));
    }
    Mustache.Compiler compiler = Mustache.compiler().strictSections(true);
    plain = compiler.escapeHTML(false).compile(Bundle.resource("email.txt.mustache"));
    html = compiler.escapeHTML(true).compile(Bundle.resource("email.html.mustache"));
  }

  /**
   * An email's words.
   *
   * @throws TemplateException if something that they need is missing
   */
  public EmailText email(Notification message) {
    Writing writing = Writing.of(message.recipient().language());
    Bundle bundle = bundle(writing);
    Map<String, String> facts = new Facts(bundle, writing, message, Texts::nameInEmail).values();
    Kind kind = message.content().kind();
    String subject = bundle.text(kind.text() + ".subject", facts);
    Map<String, Object> letter = new HashMap<>();
    letter.put("language", writing.language());
    letter.put("location", facts.get("location"));
    letter.put("subject", subject);
    letter.put("title", bundle.text(kind.text() + ".title", facts));
    letter.put("greeting", bundle.text("greeting", facts));
    letter.put("lead", bundle.text(kind.text() + ".lead", facts));
    letter.put("rows", rows(bundle, facts));
    letter.put("footer", bundle.text(footer(kind), facts));
    try {
      return new EmailText(subject, plain.execute(letter), html.execute(letter));
    } catch (MustacheException e) {
      throw new TemplateException("email " + kind.text() + ": " + e.getMessage(), e);
    }
  }

  /**
   * What an appointment is called in the recipient's calendar.
   *
   * @throws TemplateException if something that it needs is missing
   */
  public String calendar(Notification message) {
    return line("calendar", message, LONGEST_NAME);
  }

  /**
   * An SMS's words.
   *
   * @param longestName names are cut to so many characters
   * @throws TemplateException if something that they need is missing, or the kind goes by email
   *     only
   */
  public String sms(Notification message, int longestName) {
    return line(message.content().kind().text() + ".sms", message, longestName);
  }

  private String line(String key, Notification message, int longestName) {
    Writing writing = Writing.of(message.recipient().language());
    Bundle bundle = bundle(writing);
    Facts facts = new Facts(bundle, writing, message, name -> Clean.cut(name, longestName));
    return bundle.text(key, facts.values());
  }

  private Bundle bundle(Writing writing) {
    return Objects.requireNonNull(bundles.get(writing));
  }

  private static String nameInEmail(String name) {
    return Clean.isolated(Clean.cut(name, LONGEST_NAME));
  }

  private static List<Map<String, String>> rows(Bundle bundle, Map<String, String> facts) {
    List<Map<String, String>> rows = new ArrayList<>();
    for (Map.Entry<String, String> row : ROWS) {
      String value = facts.get(row.getValue());
      if (value != null) {
        rows.add(Map.of("label", bundle.text(row.getKey(), Map.of()), "value", value));
      }
    }
    return rows;
  }

  private static String footer(Kind kind) {
    return kind == Kind.WEBHOOK_DISABLED ? "footer.owner" : "footer";
  }
}
