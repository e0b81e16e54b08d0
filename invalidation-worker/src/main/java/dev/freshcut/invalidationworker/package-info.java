/** See the module's description in its POM. */
@NullMarked
package dev.freshcut.invalidationworker;

import org.jspecify.annotations.NullMarked;
