/** Jobs that come again and again: when, and who enqueues them. */
@NullMarked
package dev.freshcut.jobstreams.schedule;

import org.jspecify.annotations.NullMarked;
