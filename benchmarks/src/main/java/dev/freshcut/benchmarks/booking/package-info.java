/** The booking API as its clients see it: over HTTP, with connector and worker running. */
@NullMarked
package dev.freshcut.benchmarks.booking;

import org.jspecify.annotations.NullMarked;
