/** Everything in one JVM: the servers, the applications and demo data. */
@NullMarked
package dev.freshcut.quickstart;

import org.jspecify.annotations.NullMarked;
