/**
 * Redis on Redisson: calls within a budget of time, Lua scripts, the check of the memory policy.
 */
@NullMarked
package dev.freshcut.redisaccess;

import org.jspecify.annotations.NullMarked;
