package dev.freshcut.coherentcache.model;

import java.util.List;

/**
 * The complete key of one entry.
 *
 * @param family whose template it fills
 * @param segments the encoded value of each variable, in the template's order
 */
public record CacheKey(Family family, List<String> segments) {}
