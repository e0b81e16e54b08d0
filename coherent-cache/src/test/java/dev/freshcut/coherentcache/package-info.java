@NullMarked
package dev.freshcut.coherentcache;

import org.jspecify.annotations.NullMarked;
