/** The record of logins and of what privileged users did. */
@NullMarked
package dev.freshcut.bookingapi.audit;

import org.jspecify.annotations.NullMarked;
