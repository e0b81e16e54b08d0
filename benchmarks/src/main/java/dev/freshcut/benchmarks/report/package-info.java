/** What a benchmark found, and its Markdown, JSON and SVG forms. */
@NullMarked
package dev.freshcut.benchmarks.report;

import org.jspecify.annotations.NullMarked;
