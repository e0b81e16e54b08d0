/** The Kafka side: topics, the producer, the stored position, and the control topic. */
@NullMarked
package dev.freshcut.cdcconnector.kafka;

import org.jspecify.annotations.NullMarked;
