package dev.freshcut.embeddedstack;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ComplaintTest {
  private static final Path DIRECTORY = Path.of("/data/postgres");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          FATAL:  could not write to file "x": No space left on device | Free some space in /data, or choose another place with -Djava.io.tmpdir
          initdb: could not look up effective user ID 7: user does not exist | Run as a user that has an entry in /etc/passwd
          error while loading shared libraries: libssl.so.3: cannot open shared object file | Install OpenSSL 3, whose libraries it needs
          setsid: failed to execute /x: Permission denied | /data is mounted noexec or closed to the user that runs it: choose another place with -Djava.io.tmpdir
          FATAL:  invalid value for parameter "wal_level" | Correct the setting that it names
          """)
  void namesTheMend(String line, String mend) {
    Complaint complaint = Complaint.of("all is well ... ok\n" + line, DIRECTORY);
    assertThat(complaint.reason()).isEqualTo(line);
    assertThat(complaint.mend()).isEqualTo(mend);
  }

  @Test
  void quotesFromTheLineThatComplains() {
    String redis =
        """
        1:C oO0OoO0OoO0Oo Redis is starting oO0OoO0OoO0Oo

        *** FATAL CONFIG FILE ERROR (Redis 6.2.11) ***
        Reading the configuration file, at line 5
        >>> 'maxmemory "plenty"'
        argument must be a memory value
        """;
    assertThat(Complaint.of(redis, DIRECTORY).reason())
        .startsWith("*** FATAL CONFIG FILE ERROR")
        .endsWith("argument must be a memory value");
  }

  @Test
  void withoutAComplaintTheEndIsQuoted() {
    assertThat(Complaint.of("1\n2\n3\n4\n5\n", DIRECTORY).reason()).isEqualTo("2\n3\n4\n5");
    assertThat(Complaint.of("a".repeat(1_000), DIRECTORY).reason()).hasSize(400);
    assertThat(Complaint.of("", DIRECTORY).reason()).isEqualTo("it said nothing");
  }
}
