package dev.freshcut.invalidationworker.consuming;

import dev.freshcut.invalidationworker.reading.Reading.Poison;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** A record that can't be worked on, and why. */
record DeadLetter(ConsumerRecord<byte[], byte[]> origin, Poison poison) {}
