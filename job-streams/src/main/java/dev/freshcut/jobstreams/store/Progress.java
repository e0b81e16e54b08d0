package dev.freshcut.jobstreams.store;

/** How far a running job is: 0 to 100, and a few words. */
public record Progress(String id, String lease, int percent, String note) {}
