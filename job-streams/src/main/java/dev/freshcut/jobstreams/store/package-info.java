/** The port between the job queue and what keeps it; every operation is atomic. */
@NullMarked
package dev.freshcut.jobstreams.store;

import org.jspecify.annotations.NullMarked;
