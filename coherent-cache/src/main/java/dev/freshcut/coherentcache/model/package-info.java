/** The cache model file: which keys exist, and which row change evicts which of them. */
@NullMarked
package dev.freshcut.coherentcache.model;

import org.jspecify.annotations.NullMarked;
