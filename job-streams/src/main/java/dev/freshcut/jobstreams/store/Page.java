package dev.freshcut.jobstreams.store;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Some jobs of a longer list, and where the rest begins, if there is one. */
public record Page(List<JobRecord> jobs, @Nullable String next) {}
