package dev.freshcut.notificationworker.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshcut.notificationworker.Samples;
import dev.freshcut.notificationworker.sending.Kind;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class TextsTest {
  private static final ZoneId NEW_YORK = ZoneId.of("America/New_York");
  private static final Pattern VARIABLE = Pattern.compile("\\{\\{(\\w+)}}");

  private final Texts texts = new Texts();

  /** What it writes lies in target/rendered, to be looked at. */
  @ParameterizedTest
  @EnumSource(Kind.class)
  void everyKindInEveryLanguage(Kind kind) throws IOException {
    for (Locale language : List.of(Locale.ENGLISH, Locale.GERMAN)) {
      EmailText email = texts.email(Samples.plain().in(language).of(kind));

      String name = kind.text() + "." + language;
      show(name + ".html", email.html());
      show(name + ".txt", "Subject: " + email.subject() + "\n\n" + email.plain());
      assertThat(email.subject()).contains("Fade & Sons").doesNotContain("\n", "{{", "}}");
      assertThat(email.html()).contains("lang=\"" + language + "\"", "Fade &amp; Sons");
      assertThat(List.of(email.plain(), email.html()))
          .allSatisfy(
              text -> assertThat(text).contains("Ada Byron").doesNotContain("{{", "}}", "null"));
      if (kind == Kind.WEBHOOK_DISABLED) {
        assertThat(email.plain()).contains("https://hooks.example.org/freshcut", "answered 500");
      } else {
        assertThat(email.plain()).contains("Haircut", "Luca", "2027");
        show(name + ".sms.txt", texts.sms(Samples.plain().in(language).of(kind), 40));
      }
    }
  }

  @Test
  void saysWhatHappenedAndWhen() {
    EmailText english = texts.email(Samples.plain().of(Kind.MOVED));
    EmailText german = texts.email(Samples.plain().in(Locale.GERMANY).of(Kind.MOVED));

    assertThat(english.subject())
        .isEqualTo("Moved: Haircut at Fade & Sons, now Fri 15 Jan, 2:00 PM");
    assertThat(english.plain())
        .contains("When: Friday, 15 January 2027, 2:00 PM to 2:45 PM\n", "Price: €35.00");
    assertThat(texts.email(Samples.plain().of(Kind.CANCELLED)).plain()).doesNotContain("Price");
    assertThat(german.subject()).contains("Verschoben", "15.1., 14:00 Uhr");
    assertThat(german.plain()).contains("Freitag, 15. Januar 2027, 14:00 bis 14:45 Uhr\n");
    assertThat(texts.sms(Samples.plain().of(Kind.CANCELLED), 40))
        .isEqualTo(
            "Fade & Sons: your appointment has been cancelled."
                + " Haircut with Luca, Fri 15 Jan, 2:00 PM.");
    assertThat(texts.email(Samples.plain().of(Kind.OFFERED)).plain())
        .contains("Held until: Fri 15 Jan, 11:00 AM");
  }

  @Test
  void languageWithoutTextsIsEnglish() {
    assertThat(texts.email(Samples.plain().in(Locale.JAPANESE).of(Kind.CONFIRMED)))
        .isEqualTo(texts.email(Samples.plain().of(Kind.CONFIRMED)));
  }

  @Test
  void whoeverReadsByOtherClocksIsToldBothTimes() {
    EmailText email = texts.email(Samples.plain().readBy(NEW_YORK).of(Kind.REMINDER));

    assertThat(email.plain())
        .contains(
            "8:00 AM to 8:45 AM (Eastern Standard Time)",
            "2:00 PM to 2:45 PM (Central European Standard Time)");
    assertThat(texts.sms(Samples.plain().readBy(NEW_YORK).of(Kind.REMINDER), 40))
        .contains("8:00 AM EST");
    // Another zone with the same clocks is no other time.
    assertThat(
            texts
                .email(Samples.plain().readBy(ZoneId.of("Europe/Paris")).of(Kind.REMINDER))
                .plain())
        .doesNotContain("European", "Local time");
  }

  /** 2027-10-31, 02:30 is there twice in Berlin. */
  @ParameterizedTest
  @ValueSource(strings = {"2027-10-31T00:30:00Z,Summer Time", "2027-10-31T01:30:00Z,Standard Time"})
  void hourThatClocksShowTwiceHasItsZone(String row) {
    Instant at = Instant.parse(row.substring(0, row.indexOf(',')));

    assertThat(texts.email(Samples.plain().at(at).of(Kind.CONFIRMED)).plain())
        .contains("2:30 AM", row.substring(row.indexOf(',') + 1));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<script>alert(1)</script>",
        "\"><img src=x onerror=alert(1)>",
        "{{customer}} {{{price}}} {{#rows}}x{{/rows}}",
        "a\r\nBcc: evil@example.org",
        "a\u2028b\u0085c\u0000d\u0007",
        "\u202Eevil\u202C",
        "O'Brien & \"Söhne\" 👩🏽‍🦱 ✂️",
        "מספרה של דנה",
      })
  void whatPeopleTypedStaysText(String typed) throws IOException {
    EmailText email = texts.email(Samples.plain().typed(typed).of(Kind.CONFIRMED));

    show("typed-" + Integer.toHexString(typed.hashCode()) + ".html", email.html());
    assertThat(email.html()).doesNotContain("<script", "<img", "\u202E", "\r", "\u2028");
    assertThat(email.subject()).doesNotContain("\r", "\n", "\u2028", "\u0085", "\u0000", "\u202E");
    assertThat(email.plain().lines()).noneMatch(line -> line.startsWith("Bcc"));
    if (typed.contains("{{")) {
      assertThat(email.plain()).contains(typed);
    }
    if (typed.contains("דנה")) {
      assertThat(email.subject()).contains("\u2068" + typed + "\u2069");
    }
  }

  @Test
  void emptyNameIsAnErrorAndNoHole() {
    assertThatThrownBy(() -> texts.email(Samples.plain().named(" \u202E\n").of(Kind.CONFIRMED)))
        .isInstanceOf(TemplateException.class)
        .hasMessageContaining("'customer' is empty");
    assertThatThrownBy(() -> texts.sms(Samples.plain().of(Kind.WEBHOOK_DISABLED), 40))
        .isInstanceOf(TemplateException.class)
        .hasMessageContaining("no text 'webhook_disabled.sms' in language en");
  }

  @Test
  void longNamesAreCut() {
    assertThat(texts.sms(Samples.plain().named("x").typed("a".repeat(200)).of(Kind.CONFIRMED), 10))
        .startsWith("aaaaaaa...: confirmed.");
    assertThat(Clean.cut("👩🏽‍🦱👩🏽‍🦱👩🏽‍🦱", 4)).hasSize(5).startsWith("👩");
  }

  /** A text that one language lacks, or with other variables, is found here and not at night. */
  @Test
  void languagesHaveTheSameTexts() throws IOException {
    assertThat(variables("de")).isEqualTo(variables("en"));
  }

  private static Map<String, Set<String>> variables(String language) throws IOException {
    Properties properties = new Properties();
    properties.load(new StringReader(Bundle.resource("texts_" + language + ".properties")));
    Map<String, Set<String>> variables = new TreeMap<>();
    for (String key : properties.stringPropertyNames()) {
      Set<String> names = new TreeSet<>();
      VARIABLE
          .matcher(properties.getProperty(key))
          .results()
          .forEach(each -> names.add(each.group(1)));
      variables.put(key, names);
    }
    assertThat(variables).hasSizeGreaterThan(30);
    return variables;
  }

  private static void show(String name, String text) throws IOException {
    Path folder = Files.createDirectories(Path.of("target", "rendered"));
    Files.writeString(folder.resolve(name), text);
  }
}
