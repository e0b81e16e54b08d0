package dev.freshcut.cdcconnector.kafka;

/**
 * The position in the write-ahead log up to which Kafka has acknowledged the stream, as the engine
 * last stored it.
 *
 * @param committed end of the last transaction whose changes were all acknowledged; the slot is
 *     never confirmed beyond it
 * @param highest highest position of which anything was acknowledged
 */
public record StoredPosition(long committed, long highest) {}
