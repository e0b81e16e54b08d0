package dev.freshcut.bookingapi.user;

import dev.freshcut.bookingapi.security.Passwords;
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

/** What the fields of a user must look like. */
final class ProfileFields {
  static final String PHONE = "\\+?[0-9 ()./-]{3,39}";
  static final String LANGUAGE = "[a-z]{2,3}(-[A-Z]{2})?";

  private ProfileFields() {}

  /** A password that may be set: long enough to be safe, short enough to be hashed in time. */
  @Documented
  @Constraint(validatedBy = NewPassword.Validator.class)
  @Target({ElementType.FIELD, ElementType.PARAMETER, ElementType.RECORD_COMPONENT})
  @Retention(RetentionPolicy.RUNTIME)
  @interface NewPassword {
    /** For the client. */
    String message() default
        "must have " + Passwords.MIN_LENGTH + " to " + Passwords.MAX_LENGTH + " characters";

    /** See {@link Constraint}. */
    Class<?>[] groups() default {};

    /** See {@link Constraint}. */
    Class<? extends Payload>[] payload() default {};

    /** Checks it. */
    final class Validator implements ConstraintValidator<NewPassword, String> {
      @Override
      public boolean isValid(@Nullable String text, ConstraintValidatorContext context) {
        return text == null
            || (text.codePointCount(0, text.length()) >= Passwords.MIN_LENGTH
                && text.length() <= Passwords.MAX_LENGTH);
      }
    }
  }
}
