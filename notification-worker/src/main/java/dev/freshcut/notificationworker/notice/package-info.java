/** Notices: each made of one change, once. */
@NullMarked
package dev.freshcut.notificationworker.notice;

import org.jspecify.annotations.NullMarked;
