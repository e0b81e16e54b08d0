@NullMarked
package dev.freshcut.benchmarks;

import org.jspecify.annotations.NullMarked;
