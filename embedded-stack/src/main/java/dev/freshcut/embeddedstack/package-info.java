/**
 * PostgreSQL, Kafka and Redis as child processes or in this JVM, or in containers; and an inbox for
 * mails and SMS.
 *
 * <p>{@link dev.freshcut.embeddedstack.Servers} is the entry, {@link
 * dev.freshcut.embeddedstack.TestServers} the one for tests. The servers' own logs are chatty:
 * {@code <include resource="dev/freshcut/embeddedstack/quiet-logback.xml"/>} keeps their warnings
 * only. Kafka 4.2 still uses {@code sun.misc.Unsafe}; {@code -Dsun.misc.unsafe.memory.access=allow}
 * spares users the warning of JDK 24 and later.
 */
@NullMarked
package dev.freshcut.embeddedstack;

import org.jspecify.annotations.NullMarked;
