/** PostgreSQL, Kafka and Redis as child processes or in this JVM, or in containers. */
@NullMarked
package dev.freshcut.embeddedstack;

import org.jspecify.annotations.NullMarked;
