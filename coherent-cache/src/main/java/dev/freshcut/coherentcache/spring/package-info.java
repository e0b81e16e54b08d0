/** The cache in a Spring application: snapshots by its transaction manager, and an annotation. */
@NullMarked
package dev.freshcut.coherentcache.spring;

import org.jspecify.annotations.NullMarked;
