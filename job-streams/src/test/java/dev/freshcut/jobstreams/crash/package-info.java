@NullMarked
package dev.freshcut.jobstreams.crash;

import org.jspecify.annotations.NullMarked;
