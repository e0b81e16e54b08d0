@NullMarked
package dev.freshcut.jobstreams.client;

import org.jspecify.annotations.NullMarked;
