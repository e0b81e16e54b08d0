/** See the module's description in its POM. */
@NullMarked
package dev.freshcut.notificationworker;

import org.jspecify.annotations.NullMarked;
