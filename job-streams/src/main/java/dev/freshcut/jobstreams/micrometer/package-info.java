/** Figures of the job queue by Micrometer. */
@NullMarked
package dev.freshcut.jobstreams.micrometer;

import org.jspecify.annotations.NullMarked;
