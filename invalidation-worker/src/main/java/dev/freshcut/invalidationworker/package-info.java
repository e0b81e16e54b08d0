/** Kafka row changes to cache evictions, driven by the cache model file. */
@NullMarked
package dev.freshcut.invalidationworker;

import org.jspecify.annotations.NullMarked;
