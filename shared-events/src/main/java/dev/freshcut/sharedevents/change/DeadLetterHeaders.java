package dev.freshcut.sharedevents.change;

/**
 * Names of the headers of a record on a dead-letter topic. Values are UTF-8 text, numbers in
 * decimal. The original headers are kept beside them.
 */
public final class DeadLetterHeaders {
  /** Prefix of all of them. */
  public static final String PREFIX = "freshcut.dead-letter.";

  /** What was wrong, for people. */
  public static final String REASON = PREFIX + "reason";

  /** The kind of defect, for programs: an upper-case word. */
  public static final String KIND = PREFIX + "kind";

  /** Class of the exception behind it; absent if there was none. */
  public static final String EXCEPTION = PREFIX + "exception";

  /** Topic that the record was on. */
  public static final String TOPIC = PREFIX + "topic";

  /** Partition that the record was on. */
  public static final String PARTITION = PREFIX + "partition";

  /** Offset that the record was at. */
  public static final String OFFSET = PREFIX + "offset";

  /** The record's timestamp, milliseconds since the epoch. */
  public static final String TIMESTAMP = PREFIX + "timestamp";

  /** Size in bytes of a value that was too large to be carried along; absent otherwise. */
  public static final String OMITTED_BYTES = PREFIX + "omitted-bytes";

  private DeadLetterHeaders() {}
}
