package dev.freshcut.jobstreams;

/** What became of a request to enqueue. */
public sealed interface Enqueued {
  /** The id of the job that is, or was, stored. */
  String id();

  /** It is stored. */
  record Stored(String id) implements Enqueued {}

  /** A job with this id is kept or remembered. */
  record Known(String id) implements Enqueued {}

  /** This job holds the uniqueness key. */
  record Unique(String id) implements Enqueued {}
}
