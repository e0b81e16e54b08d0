/** What messages say: texts by kind, channel and language. */
@NullMarked
package dev.freshcut.notificationworker.template;

import org.jspecify.annotations.NullMarked;
