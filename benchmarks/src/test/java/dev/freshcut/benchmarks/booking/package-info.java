@org.jspecify.annotations.NullMarked
package dev.freshcut.benchmarks.booking;
