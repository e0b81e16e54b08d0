package dev.freshcut.bookingapi.web;

import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;
import org.apache.catalina.core.StandardHost;
import org.springframework.boot.jackson.autoconfigure.JsonMapperBuilderCustomizer;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.webmvc.autoconfigure.WebMvcRegistrations;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.format.FormatterRegistry;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import tools.jackson.databind.cfg.CoercionAction;
import tools.jackson.databind.cfg.CoercionInputShape;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.type.LogicalType;

@Configuration(proxyBeanMethods = false)
class WebConfiguration implements WebMvcConfigurer {
  @Override
  public void addFormatters(FormatterRegistry registry) {
    registry.addConverter(String.class, RegionZone.class, RegionZone::parse);
    registry.addConverter(new DateParameters());
    registry.addConverterFactory(new WordParameters());
  }

  @Override
  public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
    resolvers.add(new SharedArguments());
  }

  @Override
  public void addInterceptors(InterceptorRegistry registry) {
    registry.addInterceptor(new AnswersAreJson()).addPathPatterns("/api/**");
    registry.addInterceptor(new ParametersOnce()).addPathPatterns("/api/**");
  }

  @Bean
  WebMvcRegistrations quickHandlers() {
    return new WebMvcRegistrations() {
      @Override
      public RequestMappingHandlerMapping getRequestMappingHandlerMapping() {
        return new QuickHandlerMapping();
      }
    };
  }

  /** What the settings of {@code spring.jackson} leave to be strict about. */
  @Bean
  JsonMapperBuilderCustomizer strictJson() {
    SimpleModule strict = new SimpleModule("strict");
    strict.addDeserializer(Instant.class, new StrictInstants());
    strict.addDeserializer(LocalDate.class, new StrictDates());
    strict.addDeserializer(String.class, new WholeTexts());
    return builder ->
        builder
            .addModule(strict)
            // By default a number is the constant at that place.
            .withCoercionConfig(
                LogicalType.Enum,
                number -> number.setCoercion(CoercionInputShape.Integer, CoercionAction.Fail))
            .withCoercionConfig(
                LogicalType.Textual,
                text ->
                    text.setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
                        .setCoercion(CoercionInputShape.Float, CoercionAction.Fail)
                        .setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail));
  }

  @Bean
  JsonMapperBuilderCustomizer quickJson() {
    SimpleModule quick = new SimpleModule("quick");
    quick.addSerializer(OffsetDateTime.class, new OffsetTimes());
    return builder -> builder.addModule(quick);
  }

  @Bean
  WebServerFactoryCustomizer<TomcatServletWebServerFactory> problemsFromTomcat() {
    return factory ->
        factory.addContextCustomizers(
            context ->
                ((StandardHost) context.getParent())
                    .setErrorReportValveClass(ProblemValve.class.getName()));
  }
}
