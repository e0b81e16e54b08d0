@NullMarked
package dev.freshcut.benchmarks.report;

import org.jspecify.annotations.NullMarked;
