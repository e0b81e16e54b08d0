/** The job store on Redis 6.2 and later, also in a cluster. */
@NullMarked
package dev.freshcut.jobstreams.redis;

import org.jspecify.annotations.NullMarked;
