package dev.freshcut.bookingapi.openapi;

import dev.freshcut.bookingapi.coherence.ConsistencyToken;
import dev.freshcut.bookingapi.coherence.Written;
import dev.freshcut.bookingapi.security.Access;
import dev.freshcut.bookingapi.web.Fails;
import dev.freshcut.bookingapi.web.ProblemType;
import dev.freshcut.coherentcache.Answer;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.headers.Header;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.IntegerSchema;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.media.StringSchema;
import io.swagger.v3.oas.models.parameters.HeaderParameter;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.springdoc.core.customizers.OperationCustomizer;
import org.springframework.core.ResolvableType;
import org.springframework.http.HttpHeaders;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.method.HandlerMethod;

/** Documents what operations have in common: headers and problems. */
final class SharedBehaviour implements OperationCustomizer {
  /** The name of the security scheme. */
  static final String BEARER = "bearer";

  private static final Set<ProblemType> OF_ALL =
      EnumSet.of(
          ProblemType.MALFORMED_REQUEST,
          ProblemType.INVALID_REQUEST,
          ProblemType.INVALID_TOKEN,
          ProblemType.NOT_ACCEPTABLE,
          ProblemType.DATABASE_UNAVAILABLE,
          ProblemType.TIME_ZONE_UNKNOWN,
          ProblemType.INTERNAL);

  @Override
  public Operation customize(Operation operation, HandlerMethod handler) {
    if (returns(handler, Answer.class)) {
      cachedRead(operation);
    }
    if (returns(handler, Written.class)) {
      success(operation)
          .addHeaderObject(
              ConsistencyToken.HEADER,
              new Header()
                  .description("Names this write; opaque. Send it with reads that must contain it.")
                  .schema(new StringSchema()));
    }
    ApiResponse created = operation.getResponses().get("201");
    if (created != null) {
      created.addHeaderObject(
          HttpHeaders.LOCATION,
          new Header().description("Where to read what was made").schema(new StringSchema()));
    }
    if (handler.hasMethodAnnotation(Access.class)) {
      operation.addSecurityItem(new SecurityRequirement().addList(BEARER));
    }
    WebMechanisms.describe(operation, handler, success(operation));
    Names.describeParameters(operation);
    io.swagger.v3.oas.annotations.Operation own =
        handler.getMethodAnnotation(io.swagger.v3.oas.annotations.Operation.class);
    if (own == null || own.operationId().isEmpty()) {
      operation.setOperationId(Names.operationId(handler));
    }
    addProblems(operation, handler);
    return operation;
  }

  static boolean returns(HandlerMethod handler, Class<?> wanted) {
    ResolvableType type = ResolvableType.forMethodReturnType(handler.getMethod());
    return type.resolve() == wanted || type.getGeneric().resolve() == wanted;
  }

  private static void cachedRead(Operation operation) {
    operation
        .addParametersItem(
            new HeaderParameter()
                .name(ConsistencyToken.HEADER)
                .description("Of a write that the answer must contain")
                .schema(new StringSchema()))
        .addParametersItem(
            new HeaderParameter()
                .name(HttpHeaders.CACHE_CONTROL)
                .description("no-cache has the answer read from the database")
                .schema(new StringSchema()));
    success(operation)
        .addHeaderObject(
            "Cache-Status",
            new Header()
                .description("RFC 9211: hit, miss or bypass, and why")
                .schema(new StringSchema().example("freshcut; hit; ttl=240")))
        .addHeaderObject(
            HttpHeaders.AGE,
            new Header()
                .description("Of a hit, in seconds")
                .schema(new IntegerSchema().minimum(BigDecimal.ZERO)));
  }

  private static ApiResponse success(Operation operation) {
    return operation.getResponses().entrySet().stream()
        .filter(response -> response.getKey().startsWith("2"))
        .findFirst()
        .orElseThrow()
        .getValue();
  }

  private static void addProblems(Operation operation, HandlerMethod handler) {
    Set<ProblemType> problems = EnumSet.copyOf(OF_ALL);
    Fails own = handler.getMethodAnnotation(Fails.class);
    if (own != null) {
      problems.addAll(Arrays.asList(own.value()));
    }
    problems.addAll(WebMechanisms.problems(handler));
    if (returns(handler, Answer.class)) {
      problems.add(ProblemType.UNKNOWN_CONSISTENCY_TOKEN);
    }
    if (handler.hasMethodAnnotation(Access.class)) {
      problems.add(ProblemType.AUTHENTICATION_REQUIRED);
      problems.add(ProblemType.FORBIDDEN);
    }
    boolean hasBody =
        Arrays.stream(handler.getMethodParameters())
            .anyMatch(parameter -> parameter.hasParameterAnnotation(RequestBody.class));
    if (hasBody) {
      problems.add(ProblemType.UNSUPPORTED_MEDIA_TYPE);
      problems.add(ProblemType.BODY_TOO_LARGE);
    }
    problems.stream()
        .collect(Collectors.groupingBy(ProblemType::status, TreeMap::new, Collectors.toList()))
        .forEach(
            (status, types) ->
                operation
                    .getResponses()
                    .addApiResponse(
                        Integer.toString(status.value()),
                        new ApiResponse()
                            .description(
                                types.stream()
                                    .map(type -> "`" + type.code() + "`: " + type.title())
                                    .collect(Collectors.joining("; ")))
                            .content(problemContent())));
  }

  private static Content problemContent() {
    return new Content()
        .addMediaType(
            org.springframework.http.MediaType.APPLICATION_PROBLEM_JSON_VALUE,
            new MediaType().schema(new Schema<>().$ref("#/components/schemas/Problem")));
  }
}
