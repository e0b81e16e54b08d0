package dev.freshcut.bookingapi.openapi;

import dev.freshcut.bookingapi.coherence.Written;
import dev.freshcut.bookingapi.idempotency.NeverStored;
import dev.freshcut.bookingapi.web.IfMatch;
import dev.freshcut.bookingapi.web.Page;
import dev.freshcut.bookingapi.web.PageRequest;
import dev.freshcut.bookingapi.web.ProblemType;
import dev.freshcut.bookingapi.web.Versioned;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.headers.Header;
import io.swagger.v3.oas.models.media.IntegerSchema;
import io.swagger.v3.oas.models.media.StringSchema;
import io.swagger.v3.oas.models.parameters.HeaderParameter;
import io.swagger.v3.oas.models.parameters.QueryParameter;
import io.swagger.v3.oas.models.responses.ApiResponse;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import org.springframework.core.ResolvableType;
import org.springframework.http.HttpHeaders;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.method.HandlerMethod;

/** Documents paging, entity tags, idempotency keys and rate limits where a handler has them. */
final class WebMechanisms {
  private static final int LONGEST_KEY = 255;

  private WebMechanisms() {}

  static void describe(Operation operation, HandlerMethod handler, ApiResponse success) {
    if (takes(handler, PageRequest.class)) {
      paging(operation);
    }
    if (takes(handler, IfMatch.class)) {
      operation.addParametersItem(
          header(HttpHeaders.IF_MATCH, "ETag of the version that the change is based on"));
    }
    if (takesKey(handler)) {
      operation.addParametersItem(idempotencyKey());
    }
    if (isVersioned(ResolvableType.forMethodReturnType(handler.getMethod()))) {
      versioned(operation, handler, success);
    }
    success.addHeaderObject(
        "RateLimit-Policy", textHeader("Requests allowed a minute, an hour and a day"));
    success.addHeaderObject(
        "RateLimit", textHeader("Of these what is left, and seconds until all are there again"));
  }

  static Set<ProblemType> problems(HandlerMethod handler) {
    Set<ProblemType> problems = EnumSet.of(ProblemType.RATE_LIMITED);
    if (takes(handler, IfMatch.class)) {
      problems.add(ProblemType.PRECONDITION_FAILED);
    }
    if (takesKey(handler)) {
      problems.add(ProblemType.REQUEST_IN_FLIGHT);
      problems.add(ProblemType.IDEMPOTENCY_KEY_REUSED);
    }
    return problems;
  }

  private static boolean takesKey(HandlerMethod handler) {
    return SharedBehaviour.returns(handler, Written.class)
        && !handler.hasMethodAnnotation(NeverStored.class);
  }

  private static boolean takes(HandlerMethod handler, Class<?> type) {
    return Arrays.stream(handler.getMethodParameters())
        .anyMatch(parameter -> parameter.getParameterType().equals(type));
  }

  private static boolean isVersioned(ResolvableType type) {
    Class<?> resolved = type.resolve();
    return (resolved != null && Versioned.class.isAssignableFrom(resolved))
        || (type.getGenerics().length == 1
            && !Iterable.class.isAssignableFrom(type.toClass())
            && !Page.class.equals(resolved)
            && isVersioned(type.getGeneric()));
  }

  private static void paging(Operation operation) {
    IntegerSchema limit = new IntegerSchema();
    limit.setMinimum(BigDecimal.ONE);
    limit.setMaximum(BigDecimal.valueOf(PageRequest.MAX_LIMIT));
    limit.setDefault(PageRequest.DEFAULT_LIMIT);
    operation
        .addParametersItem(
            new QueryParameter()
                .name("limit")
                .description("Items on the page, at most")
                .schema(limit))
        .addParametersItem(
            new QueryParameter()
                .name("cursor")
                .description("nextCursor of the page before, with the same filters")
                .schema(new StringSchema()));
  }

  private static void versioned(Operation operation, HandlerMethod handler, ApiResponse success) {
    success.addHeaderObject(
        HttpHeaders.ETAG, textHeader("The version, for If-Match and If-None-Match"));
    if (handler.hasMethodAnnotation(GetMapping.class)) {
      operation.addParametersItem(
          header(HttpHeaders.IF_NONE_MATCH, "ETag of the version that the client has"));
      operation
          .getResponses()
          .addApiResponse("304", new ApiResponse().description("The client has this version"));
    }
  }

  private static HeaderParameter idempotencyKey() {
    HeaderParameter key =
        header(
            "Idempotency-Key",
            "A name of the client's for this request, best a UUID: sent again, it is answered again"
                + " and not done again");
    key.schema(new StringSchema().minLength(1).maxLength(LONGEST_KEY));
    return key;
  }

  private static HeaderParameter header(String name, String description) {
    HeaderParameter parameter = new HeaderParameter();
    parameter.name(name).description(description).schema(new StringSchema());
    return parameter;
  }

  private static Header textHeader(String description) {
    return new Header().description(description).schema(new StringSchema());
  }
}
