/** Users: their accounts, logins and profiles, and who manages them. */
@NullMarked
package dev.freshcut.bookingapi.user;

import org.jspecify.annotations.NullMarked;
