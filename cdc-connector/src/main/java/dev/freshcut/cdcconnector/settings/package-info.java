/** The connector's settings, all under {@code freshcut.connector}, checked when they are bound. */
@NullMarked
package dev.freshcut.cdcconnector.settings;

import org.jspecify.annotations.NullMarked;
