@NullMarked
package dev.freshcut.coherentcache.spring;

import org.jspecify.annotations.NullMarked;
