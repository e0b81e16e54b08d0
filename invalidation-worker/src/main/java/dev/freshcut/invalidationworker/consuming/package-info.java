/**
 * The way from Kafka to Redis: consume, evict, record positions beside the entries, and recover
 * from whatever either of them loses.
 */
@NullMarked
package dev.freshcut.invalidationworker.consuming;

import org.jspecify.annotations.NullMarked;
