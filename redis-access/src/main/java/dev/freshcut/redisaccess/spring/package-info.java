/** Where Redis is, as Spring Boot's settings. */
@NullMarked
package dev.freshcut.redisaccess.spring;

import org.jspecify.annotations.NullMarked;
