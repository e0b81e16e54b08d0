@NullMarked
package dev.freshcut.jobstreams.spring;

import org.jspecify.annotations.NullMarked;
