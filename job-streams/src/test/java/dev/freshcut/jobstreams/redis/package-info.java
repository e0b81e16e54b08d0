@NullMarked
package dev.freshcut.jobstreams.redis;

import org.jspecify.annotations.NullMarked;
