package dev.freshcut.embeddedstack.inbox;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.Charset;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class MimeReaderTest {
  private static Mail read(String source, Charset charset) {
    return MimeReader.read(
        1, Instant.EPOCH, "a@x", List.of("b@y"), source.replace("\n", "\r\n").getBytes(charset));
  }

  private static Mail read(String source) {
    return read(source, UTF_8);
  }

  private static final String PARTS =
      """
      From: =?UTF-8?Q?J=C3=BCrgen?= <j@x>
      Subject: =?UTF-8?B?w5xiZXI=?=
       =?UTF-8?Q?_all?=
      Subject: second
      Content-Type: multipart/mixed; boundary=m

      --m
      Content-Type: multipart/alternative; boundary=a

      --a
      Content-Type: text/plain; charset=utf-8
      Content-Transfer-Encoding: base64

      w6Qgcw==
      --a
      Content-Type: text/html; charset=iso-8859-1

      <b>ß</b>
      --a
      Content-Type: text/calendar; method=CANCEL

      BEGIN:VCALENDAR
      --a--
      --m
      Content-Type: text/plain; name="notes.txt"
      Content-Disposition: attachment; filename="notes.txt"

      not the text
      --m--
      """;

  @Test
  void takesAMailApart() {
    Mail mail = read(PARTS, ISO_8859_1);

    assertThat(mail.fault()).isNull();
    assertThat(mail.subject()).isEqualTo("Über all");
    assertThat(mail.from()).isEqualTo("Jürgen <j@x>");
    assertThat(mail.to()).isEqualTo("b@y");
    assertThat(mail.headers()).containsEntry("SUBJECT", "Über all");
    assertThat(mail.text()).isEqualTo("ä s");
    assertThat(mail.html()).isEqualTo("<b>ß</b>");
    assertThat(mail.calendar()).isEqualTo("BEGIN:VCALENDAR");
    assertThat(mail.attachments()).containsExactly("notes.txt");
    assertThat(mail.source()).contains("w6Qgcw==");
  }

  @Test
  void aPartThatCannotBeReadKeepsNoOtherFromBeingRead() {
    Mail mail = read(PARTS.replace("base64", "fax"), ISO_8859_1);

    assertThat(mail.fault()).contains("fax");
    assertThat(mail.text()).isNull();
    assertThat(mail.html()).isEqualTo("<b>ß</b>");
  }

  @Test
  void anUnknownCharsetIsReadAsUtf8() {
    assertThat(read("Content-Type: text/plain; charset=martian\n\nü").text()).isEqualTo("ü");
    assertThat(read("Content-Type: text/plain; charset=\"\"\n\nü").text()).isEqualTo("ü");
  }

  @Test
  void headersMayBeUtf8AsTheyAre() {
    assertThat(read("To: J\u00fcrgen <j@x>\n\n").to()).isEqualTo("J\u00fcrgen <j@x>");
  }

  @Test
  void partsWithinPartsEnd() {
    StringBuilder source = new StringBuilder();
    for (int i = 0; i < 200; i++) {
      source.append("Content-Type: multipart/mixed; boundary=b").append(i).append("\n\n--b");
      source.append(i).append('\n');
    }
    assertThat(read(source.append("\nhidden").toString()).fault()).contains("within each other");
  }

  @Test
  void whateverItIsItIsKept() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int run = 0; run < 500; run++) {
      StringBuilder mangled = new StringBuilder(PARTS);
      for (int change = random.nextInt(1, 30); change > 0; change--) {
        int at = random.nextInt(mangled.length());
        if (random.nextBoolean()) {
          mangled.setCharAt(at, (char) random.nextInt(256));
        } else {
          mangled.delete(at, Math.min(mangled.length(), at + random.nextInt(40)));
        }
      }
      byte[] source = mangled.toString().getBytes(ISO_8859_1);
      assertThat(MimeReader.read(1, Instant.EPOCH, "", List.of(), source).source())
          .as("seed %d run %d", seed, run)
          .isEqualTo(new String(source, UTF_8));
    }
    assertThat(read("").fault()).isNull();
    assertThat(read("no mail at all").subject()).isEmpty();
  }
}
