/** Jobs on Redis Streams: how to describe, enqueue and run them. */
@NullMarked
package dev.freshcut.jobstreams;

import org.jspecify.annotations.NullMarked;
