/** What a Kafka record means to the cache. */
@NullMarked
package dev.freshcut.invalidationworker.reading;

import org.jspecify.annotations.NullMarked;
