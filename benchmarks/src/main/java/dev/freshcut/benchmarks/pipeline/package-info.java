/** Claims about the way from a commit to the eviction: latency and throughput. */
@NullMarked
package dev.freshcut.benchmarks.pipeline;

import org.jspecify.annotations.NullMarked;
