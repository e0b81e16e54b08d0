@NullMarked
package dev.freshcut.jobstreams;

import org.jspecify.annotations.NullMarked;
