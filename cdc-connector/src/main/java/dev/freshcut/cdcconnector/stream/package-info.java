/** Debezium's engine, from its configuration to the bytes of a record. */
@NullMarked
package dev.freshcut.cdcconnector.stream;

import org.jspecify.annotations.NullMarked;
