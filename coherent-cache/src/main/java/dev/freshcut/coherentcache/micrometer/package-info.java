/** The cache's metrics. */
@NullMarked
package dev.freshcut.coherentcache.micrometer;

import org.jspecify.annotations.NullMarked;
