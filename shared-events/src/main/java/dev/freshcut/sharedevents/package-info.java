/** See the module's description in its POM. */
@NullMarked
package dev.freshcut.sharedevents;

import org.jspecify.annotations.NullMarked;
