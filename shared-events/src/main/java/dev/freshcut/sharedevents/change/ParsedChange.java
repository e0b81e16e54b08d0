package dev.freshcut.sharedevents.change;

/** What the value of a record on a table's topic turned out to be. */
public sealed interface ParsedChange {
  /** A row change. */
  record Change(RowChange change) implements ParsedChange {}

  /** No value: the marker by which Kafka's log compaction forgets a deleted row's key. */
  record Tombstone() implements ParsedChange {}

  /**
   * Not a row change of the expected table.
   *
   * @param defect its kind
   * @param reason for people: names what is wrong and where, never the row's values
   */
  record Malformed(Defect defect, String reason) implements ParsedChange {}

  /** The kinds of malformed values. */
  enum Defect {
    /** More bytes than the limit. */
    TOO_LARGE,
    /** Deeper nesting, or longer names or numbers, than the limits. */
    TOO_COMPLEX,
    /** Not one JSON value. */
    NOT_JSON,
    /** JSON, but not a change envelope, or one that contradicts itself. */
    NOT_A_CHANGE,
    /** A change of another table than the topic's. */
    OTHER_TABLE
  }
}
