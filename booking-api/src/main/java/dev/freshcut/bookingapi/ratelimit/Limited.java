package dev.freshcut.bookingapi.ratelimit;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * What requests for a handler, or for all handlers of a controller, count as. Without it reads
 * count as {@link Resource#READS} and others as {@link Resource#WRITES}.
 */
@Target({ElementType.METHOD, ElementType.TYPE})
@Retention(RetentionPolicy.RUNTIME)
public @interface Limited {
  /** The resource. */
  Resource value();
}
