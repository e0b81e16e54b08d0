/** The job queue, beside Celery on the same Redis. */
@NullMarked
package dev.freshcut.benchmarks.jobs;

import org.jspecify.annotations.NullMarked;
