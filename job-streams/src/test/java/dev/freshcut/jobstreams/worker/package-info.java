@NullMarked
package dev.freshcut.jobstreams.worker;

import org.jspecify.annotations.NullMarked;
