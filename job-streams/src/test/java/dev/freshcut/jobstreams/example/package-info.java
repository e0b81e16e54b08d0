@NullMarked
package dev.freshcut.jobstreams.example;

import org.jspecify.annotations.NullMarked;
