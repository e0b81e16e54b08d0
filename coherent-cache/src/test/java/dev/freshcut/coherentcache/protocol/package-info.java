/**
 * An explicit-state model checker of the coherence protocol: every interleaving of a few
 * transactions, loads and evictions, with the rules of {@code docs/protocol.md} switched on or off.
 */
@NullMarked
package dev.freshcut.coherentcache.protocol;

import org.jspecify.annotations.NullMarked;
