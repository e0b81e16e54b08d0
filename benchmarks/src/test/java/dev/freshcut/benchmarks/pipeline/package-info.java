@NullMarked
package dev.freshcut.benchmarks.pipeline;

import org.jspecify.annotations.NullMarked;
