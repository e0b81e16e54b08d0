@NullMarked
package dev.freshcut.jobstreams.micrometer;

import org.jspecify.annotations.NullMarked;
