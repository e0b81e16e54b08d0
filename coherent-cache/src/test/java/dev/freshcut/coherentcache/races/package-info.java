/**
 * The protocol's races and invariants on a real PostgreSQL and a real Redis, through the public API
 * alone.
 */
@NullMarked
package dev.freshcut.coherentcache.races;

import org.jspecify.annotations.NullMarked;
