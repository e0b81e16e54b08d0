@NullMarked
package dev.freshcut.redisaccess.spring;

import org.jspecify.annotations.NullMarked;
