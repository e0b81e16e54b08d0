/** What runs jobs: takes them, keeps the lease, and tells how they ended. */
@NullMarked
package dev.freshcut.jobstreams.worker;

import org.jspecify.annotations.NullMarked;
