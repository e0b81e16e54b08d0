/** Claims about the cache alone: reads, fills, evictions of a pattern, memory. */
@NullMarked
package dev.freshcut.benchmarks.cache;

import org.jspecify.annotations.NullMarked;
