package dev.freshcut.bookingapi.web;

import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.converter.HttpMessageNotReadableException;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JacksonException.Reference;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.InputCoercionException;
import tools.jackson.databind.exc.InvalidFormatException;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;

/** Says why a body could not be read, without naming classes. */
final class UnreadableBody {
  private UnreadableBody() {}

  static Problem describe(HttpMessageNotReadableException e) {
    return e.getCause() instanceof JacksonException json
        ? describe(json)
        : Problem.of(ProblemType.MALFORMED_REQUEST, "A body is expected.");
  }

  private static Problem describe(JacksonException e) {
    String path = e.getPath().stream().map(UnreadableBody::step).collect(Collectors.joining("."));
    boolean ofOneMember =
        e instanceof MismatchedInputException || e instanceof InputCoercionException;
    if (path.isEmpty() || !ofOneMember) {
      return Problem.of(
          ProblemType.MALFORMED_REQUEST,
          "The body is not the JSON object that is expected" + place(e.getLocation()) + ".");
    }
    return Problem.invalid(path, reason(e));
  }

  /** A number with too many digits has none. */
  private static String place(@Nullable TokenStreamLocation location) {
    return location == null
        ? ""
        : " (line %d, column %d)".formatted(location.getLineNr(), location.getColumnNr());
  }

  private static String step(Reference reference) {
    String name = reference.getPropertyName();
    return name == null ? String.valueOf(reference.getIndex()) : name;
  }

  private static String reason(JacksonException e) {
    return switch (e) {
      case UnrecognizedPropertyException unknown -> "is unknown here";
      case InvalidFormatException format -> ParameterForms.expected(format.getTargetType());
      case InputCoercionException number -> ParameterForms.expected(number.getTargetType());
      default -> "is of the wrong type or missing";
    };
  }
}
