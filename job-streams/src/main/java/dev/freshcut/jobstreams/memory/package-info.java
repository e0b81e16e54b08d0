/**
 * The job store in memory: for tests of handlers and producers, and to say what every store does.
 */
@NullMarked
package dev.freshcut.jobstreams.memory;

import org.jspecify.annotations.NullMarked;
