@NullMarked
package dev.freshcut.jobstreams.memory;

import org.jspecify.annotations.NullMarked;
