package dev.freshcut.coherentcache.spring;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A method whose result is an entry of a family of the cache model.
 *
 * <p>Its parameters are the family's variables by name, {@code locationId} for {@code location_id},
 * in any order; a further parameter of type {@link dev.freshcut.coherentcache.Consistency} is the
 * caller's demand on the answer's age, EVENTUAL if there is none. The method runs in a read-only
 * transaction of its own. Needs {@link EnableCoherentCaching}, and, as with Spring's own
 * annotations, a call through the bean's proxy.
 */
@Documented
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface CoherentCached {
  /** Name of the family. */
  String value();
}
