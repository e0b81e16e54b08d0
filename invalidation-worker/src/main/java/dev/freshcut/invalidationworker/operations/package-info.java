/** What operators see of the worker, and the housekeeping that it does for the cache. */
@NullMarked
package dev.freshcut.invalidationworker.operations;

import org.jspecify.annotations.NullMarked;
