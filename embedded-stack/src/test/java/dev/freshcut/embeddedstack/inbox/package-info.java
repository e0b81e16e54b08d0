@NullMarked
package dev.freshcut.embeddedstack.inbox;

import org.jspecify.annotations.NullMarked;
