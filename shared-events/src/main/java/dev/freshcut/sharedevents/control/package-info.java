/** Messages by which the change connector tells its consumers about the stream itself. */
@NullMarked
package dev.freshcut.sharedevents.control;

import org.jspecify.annotations.NullMarked;
