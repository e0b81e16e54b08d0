/** What every job store does: the contract's tests, which a backend runs by implementing them. */
@NullMarked
package dev.freshcut.jobstreams.store;

import org.jspecify.annotations.NullMarked;
