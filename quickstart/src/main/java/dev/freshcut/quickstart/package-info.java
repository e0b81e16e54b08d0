/** See the module's description in its POM. */
@NullMarked
package dev.freshcut.quickstart;

import org.jspecify.annotations.NullMarked;
