package dev.freshcut.invalidationworker.consuming;

import dev.freshcut.coherentcache.Evictor;
import dev.freshcut.coherentcache.ProgressStore;
import dev.freshcut.coherentcache.Watermarks;
import dev.freshcut.coherentcache.model.CacheModel;
import java.time.Duration;

/**
 * The cache, as far as consumers touch it.
 *
 * @param maxLoadTime the readers' bound on loads that may be stored
 */
public record CacheAccess(
    CacheModel model,
    Evictor evictor,
    ProgressStore progress,
    Watermarks watermarks,
    Duration maxLoadTime) {}
