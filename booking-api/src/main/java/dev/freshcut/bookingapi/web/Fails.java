package dev.freshcut.bookingapi.web;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The problems of a handler's own, for the documentation; those that all have are not named. */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface Fails {
  /** In no particular order. */
  ProblemType[] value();
}
