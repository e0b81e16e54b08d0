package dev.freshcut.jobstreams;

/** Which of a queue's waiting jobs are taken first. */
public enum Priority {
  URGENT,
  NORMAL,
  BULK
}
