/** What was sent, in the database: the last word against sending twice. */
@NullMarked
package dev.freshcut.notificationworker.ledger;

import org.jspecify.annotations.NullMarked;
