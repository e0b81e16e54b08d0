@NullMarked
package dev.freshcut.jobstreams.schedule;

import org.jspecify.annotations.NullMarked;
