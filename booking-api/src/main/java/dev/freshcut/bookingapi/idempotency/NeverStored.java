package dev.freshcut.bookingapi.idempotency;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The handler takes or answers secrets such as passwords and tokens: nothing of its requests is
 * stored, and an {@code Idempotency-Key} has no effect.
 */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface NeverStored {}
