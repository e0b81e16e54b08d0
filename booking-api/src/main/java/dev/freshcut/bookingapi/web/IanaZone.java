package dev.freshcut.bookingapi.web;

import jakarta.validation.Constraint;
import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import jakarta.validation.Payload;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/**
 * The name of an IANA region that this Java knows. Null is valid. Whether the database knows it too
 * is for the write to ask.
 */
@Documented
@Constraint(validatedBy = IanaZone.Validator.class)
@Target({ElementType.FIELD, ElementType.PARAMETER, ElementType.RECORD_COMPONENT})
@Retention(RetentionPolicy.RUNTIME)
public @interface IanaZone {
  /** For the client. */
  String message() default "must be an IANA zone such as Europe/Paris";

  /** See {@link Constraint}. */
  Class<?>[] groups() default {};

  /** See {@link Constraint}. */
  Class<? extends Payload>[] payload() default {};

  /** Checks it. */
  final class Validator implements ConstraintValidator<IanaZone, String> {
    @Override
    public boolean isValid(@Nullable String text, ConstraintValidatorContext context) {
      return text == null
          || text.equals("UTC")
          || (text.matches("[A-Z][A-Za-z]+(/[A-Z][A-Za-z0-9_+-]+){1,2}")
              && !text.startsWith("SystemV/")
              && ZoneId.getAvailableZoneIds().contains(text));
    }
  }
}
