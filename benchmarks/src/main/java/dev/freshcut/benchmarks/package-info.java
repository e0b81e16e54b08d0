/** See the module's description in its POM. */
@NullMarked
package dev.freshcut.benchmarks;

import org.jspecify.annotations.NullMarked;
