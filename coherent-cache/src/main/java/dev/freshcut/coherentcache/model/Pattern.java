package dev.freshcut.coherentcache.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A family's key template with some variables bound: the unit of eviction.
 *
 * <p>Segments are in the order of the family's template and already in their encoded form; null
 * stands for "any value". The scope segment is null only in a pattern that reaches every scope (a
 * TRUNCATE); every other pattern names exactly one index in Redis.
 *
 * @param family whose keys it selects
 * @param segments one element per variable of the family's template
 */
public record Pattern(Family family, List<@Nullable String> segments) {}
