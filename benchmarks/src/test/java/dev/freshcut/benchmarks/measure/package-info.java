@NullMarked
package dev.freshcut.benchmarks.measure;

import org.jspecify.annotations.NullMarked;
