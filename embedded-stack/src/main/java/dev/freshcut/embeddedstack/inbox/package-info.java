/** Mail and SMS that go no further: what is sent is kept, and shown to whoever tries it out. */
@NullMarked
package dev.freshcut.embeddedstack.inbox;

import org.jspecify.annotations.NullMarked;
