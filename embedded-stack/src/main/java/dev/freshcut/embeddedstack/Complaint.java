package dev.freshcut.embeddedstack;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Why a program ended, read from what it printed.
 *
 * @param reason the lines that tell most
 * @param mend what the user can do
 */
record Complaint(String reason, String mend) {
  private static final Pattern TELLING =
      Pattern.compile("FATAL|PANIC|[Ee]rror|failed|denied|not found");
  private static final int MAX_CHARACTERS = 400;
  private static final int MAX_LINES = 4;

  /** INVARIANT: the first cause that the output contains decides, so the special come first. */
  private static final List<Cause> CAUSES =
      List.of(
          new Cause("No space left on device", "Free some space in %s, or choose another place"),
          new Cause("user does not exist", "Run as a user that has an entry in /etc/passwd"),
          new Cause("libssl.so.3", "Install OpenSSL 3, whose libraries it needs"),
          new Cause("libcrypto.so.3", "Install OpenSSL 3, whose libraries it needs"),
          new Cause(
              "Permission denied",
              "%s is mounted noexec or closed to the user that runs it: choose another place"),
          new Cause(
              "cannot open shared object file",
              "%s is closed to the user that runs it, or a library is missing: choose another"
                  + " place or install the library"));

  private record Cause(String words, String mend) {}

  static Complaint of(String output, Path directory) {
    String mend =
        CAUSES.stream()
            .filter(cause -> output.contains(cause.words()))
            .findFirst()
            .map(cause -> cause.mend().formatted(directory.getParent()))
            .map(text -> text.endsWith("place") ? text + " with -Djava.io.tmpdir" : text)
            .orElse("Correct the setting that it names");
    return new Complaint(reason(output), mend);
  }

  private static String reason(String output) {
    if (output.isBlank()) {
      return "it said nothing";
    }
    List<String> lines = output.lines().map(String::strip).toList();
    Optional<String> causing =
        CAUSES.stream()
            .flatMap(cause -> lines.stream().filter(line -> line.contains(cause.words())))
            .findFirst();
    String reason = causing.orElseGet(() -> telling(lines));
    return reason.substring(0, Math.min(reason.length(), MAX_CHARACTERS));
  }

  /** From the first line that complains, or else the last ones. */
  private static String telling(List<String> lines) {
    int first = 0;
    while (first < lines.size() && !TELLING.matcher(lines.get(first)).find()) {
      first++;
    }
    int from = first < lines.size() ? first : Math.max(0, lines.size() - MAX_LINES);
    return String.join("\n", lines.subList(from, Math.min(lines.size(), from + MAX_LINES)));
  }
}
