package dev.freshcut.coherentcache.model;

import java.time.Duration;
import java.util.List;
import org.snakeyaml.engine.v2.nodes.Node;

/**
 * A family as the file declares it, before the rules are known.
 *
 * @param where its name in the file
 * @param ttlOnly whether it does without rules
 */
record FamilyDraft(
    Node where,
    String name,
    List<String> variables,
    Duration ttl,
    double jitter,
    Freshness freshness,
    int compressAbove,
    boolean ttlOnly) {

  /** The template, as in the file. */
  String template() {
    return name + ":{" + String.join("}:{", variables) + "}";
  }
}
