/** A cache on Redis whose entries carry the database snapshot that produced them. */
@NullMarked
package dev.freshcut.coherentcache;

import org.jspecify.annotations.NullMarked;
