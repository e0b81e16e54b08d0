package dev.freshcut.bookingapi.openapi;

import dev.freshcut.bookingapi.coherence.Written;
import dev.freshcut.bookingapi.security.Caller;
import dev.freshcut.bookingapi.web.IfMatch;
import dev.freshcut.bookingapi.web.PageRequest;
import dev.freshcut.bookingapi.web.Problem;
import dev.freshcut.coherentcache.Answer;
import dev.freshcut.coherentcache.Consistency;
import io.swagger.v3.core.converter.ModelConverters;
import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.info.License;
import io.swagger.v3.oas.models.security.SecurityScheme;
import io.swagger.v3.oas.models.tags.Tag;
import java.util.Comparator;
import java.util.Set;
import java.util.stream.Collectors;
import org.springdoc.core.customizers.OpenApiCustomizer;
import org.springdoc.core.customizers.OperationCustomizer;
import org.springdoc.core.utils.SpringDocUtils;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The OpenAPI document, served at {@code /v3/api-docs} and browsable at {@code /docs}. */
@Configuration(proxyBeanMethods = false)
class OpenApiConfiguration {
  static {
    // What the advice unwraps, and what the resolver takes from headers.
    SpringDocUtils.getConfig()
        .addResponseWrapperToIgnore(Answer.class)
        .addResponseWrapperToIgnore(Written.class)
        .addRequestWrapperToIgnore(Consistency.class, Caller.class, Caller.User.class)
        .addRequestWrapperToIgnore(PageRequest.class, IfMatch.class);
  }

  @Bean
  OpenAPI openApi() {
    return new OpenAPI()
        .components(
            new Components()
                .addSecuritySchemes(
                    SharedBehaviour.BEARER,
                    new SecurityScheme()
                        .type(SecurityScheme.Type.HTTP)
                        .scheme("bearer")
                        .bearerFormat("JWT")
                        .description("From POST /api/v1/login, or from the configured issuer")))
        .info(
            new Info()
                .title("Freshcut booking API")
                .version("v1")
                .description(
                    "Cached reads say in Cache-Status where their answer is from; a write's"
                        + " Consistency-Token, sent with a read, makes its answer contain the write.")
                .license(new License().name("Apache-2.0").identifier("Apache-2.0")));
  }

  /** Those that are in use, in the order of the alphabet. */
  @Bean
  OpenApiCustomizer describedTags() {
    return document -> {
      Set<String> used =
          document.getPaths().values().stream()
              .flatMap(path -> path.readOperations().stream())
              .flatMap(operation -> operation.getTags().stream())
              .collect(Collectors.toSet());
      document.setTags(
          Names.tags().stream()
              .filter(tag -> used.contains(tag.getName()))
              .sorted(Comparator.comparing(Tag::getName))
              .toList());
    };
  }

  @Bean
  OpenApiCustomizer examples() {
    return document -> document.getComponents().getSchemas().values().forEach(Names::giveExamples);
  }

  @Bean
  OpenApiCustomizer problemSchema() {
    return document ->
        ModelConverters.getInstance(true)
            .readAll(Problem.class)
            .forEach(document.getComponents()::addSchemas);
  }

  @Bean
  OperationCustomizer sharedBehaviour() {
    return new SharedBehaviour();
  }
}
