/** Text messages to phones, by a provider's HTTP interface. */
@NullMarked
package dev.freshcut.notificationworker.sms;

import org.jspecify.annotations.NullMarked;
