@NullMarked
package dev.freshcut.redisaccess;

import org.jspecify.annotations.NullMarked;
