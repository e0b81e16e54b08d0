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
import org.jspecify.annotations.Nullable;

/**
 * Text that people wrote: no control characters, no halves of characters (PostgreSQL stores neither
 * these nor NUL), and not only white space. Null is valid.
 */
@Documented
@Constraint(validatedBy = PlainText.Validator.class)
@Target({ElementType.FIELD, ElementType.PARAMETER, ElementType.RECORD_COMPONENT})
@Retention(RetentionPolicy.RUNTIME)
public @interface PlainText {
  /** For the client. */
  String message() default "must be text without control characters, and not blank";

  /** Whether line breaks (LF) and tabs are welcome. */
  boolean multiline() default false;

  /** See {@link Constraint}. */
  Class<?>[] groups() default {};

  /** See {@link Constraint}. */
  Class<? extends Payload>[] payload() default {};

  /** Checks it. */
  final class Validator implements ConstraintValidator<PlainText, String> {
    private boolean multiline;

    @Override
    public void initialize(PlainText constraint) {
      multiline = constraint.multiline();
    }

    @Override
    public boolean isValid(@Nullable String text, ConstraintValidatorContext context) {
      return text == null || (!text.isBlank() && text.codePoints().allMatch(this::acceptable));
    }

    private boolean acceptable(int codePoint) {
      return (multiline && (codePoint == '\n' || codePoint == '\t'))
          || !(Character.isISOControl(codePoint)
              || (codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE));
    }
  }
}
