/** What is handed to those who reach people, and what they answer. */
@NullMarked
package dev.freshcut.notificationworker.sending;

import org.jspecify.annotations.NullMarked;
