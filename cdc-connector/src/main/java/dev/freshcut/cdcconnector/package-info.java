/** See the module's description in its POM. */
@NullMarked
package dev.freshcut.cdcconnector;

import org.jspecify.annotations.NullMarked;
