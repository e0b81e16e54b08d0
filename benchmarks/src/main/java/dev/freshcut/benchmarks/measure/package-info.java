/** Taking figures: rounds in alternation, offered load, and what a handful of numbers comes to. */
@NullMarked
package dev.freshcut.benchmarks.measure;

import org.jspecify.annotations.NullMarked;
