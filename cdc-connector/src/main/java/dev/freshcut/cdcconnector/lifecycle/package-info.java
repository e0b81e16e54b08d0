/** The connector's life: its states, the loop of attempts, and how operators see it. */
@NullMarked
package dev.freshcut.cdcconnector.lifecycle;

import org.jspecify.annotations.NullMarked;
