/** The database side: requirements, replication slot, lock, and 64-bit transaction ids. */
@NullMarked
package dev.freshcut.cdcconnector.postgres;

import org.jspecify.annotations.NullMarked;
