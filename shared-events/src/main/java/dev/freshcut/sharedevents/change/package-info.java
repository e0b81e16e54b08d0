/**
 * The envelope of a committed row change, as Debezium publishes it, and the names that go with it.
 */
@NullMarked
package dev.freshcut.sharedevents.change;

import org.jspecify.annotations.NullMarked;
