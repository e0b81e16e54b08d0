package dev.freshcut.coherentcache.model;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;

/** A digest of all that a model says, whatever its layout and order. */
final class Fingerprint {
  /** To be raised when the same file comes to mean other keys. */
  private static final String ENCODING = "encoding 1";

  private static final int LENGTH = 16;

  private Fingerprint() {}

  static String of(
      Collection<TableDraft> tables, Collection<FamilyDraft> families, List<RuleDraft> rules) {
    List<String> lines = new ArrayList<>();
    tables.forEach(table -> lines.add(canonical(table)));
    families.forEach(family -> lines.add(canonical(family)));
    rules.forEach(rule -> lines.add(rule.canonical()));
    lines.sort(null);
    lines.addFirst(ENCODING);
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256")
              .digest(String.join("\n", lines).getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest).substring(0, LENGTH);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  private static String canonical(TableDraft table) {
    return table.columns().entrySet().stream()
        .map(column -> column.getKey() + " " + column.getValue())
        .sorted()
        .collect(Collectors.joining(", ", "table " + table.name() + ": ", ""));
  }

  private static String canonical(FamilyDraft family) {
    return "family %s ttl %s jitter %s freshness %s compress-above %d"
        .formatted(
            family.template(),
            family.ttl(),
            family.jitter(),
            switch (family.freshness()) {
              case Freshness.Strict strict -> "strict";
              case Freshness.Bounded bounded -> "bounded " + bounded.interval();
            },
            family.compressAbove());
  }
}
