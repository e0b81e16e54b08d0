package dev.freshcut.jobstreams.spring;

import dev.freshcut.jobstreams.store.RateLimit;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.json.JsonMapper;

/** A limit as it is asked for; neither for none. */
record LimitForm(@Nullable Double perSecond, @Nullable Integer burst) {
  private static final String WANTED =
      "the body must be {\"perSecond\": 5, \"burst\": 10}, or {} for none";

  /** Takes nothing for something else: a slip must not lift the limit of a queue. */
  private static final JsonMapper STRICT =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
          .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
          .build();

  /**
   * Reads a request's body.
   *
   * @throws IllegalArgumentException if it is not of this form
   */
  static LimitForm read(String body) {
    try {
      LimitForm form = STRICT.readValue(body, LimitForm.class);
      if (form != null && (form.perSecond == null) == (form.burst == null)) {
        return form;
      }
    } catch (JacksonException e) {
      throw new IllegalArgumentException(WANTED, e);
    }
    throw new IllegalArgumentException(WANTED);
  }

  /**
   * The limit.
   *
   * @return null for none
   * @throws IllegalArgumentException if it is out of bounds
   */
  @Nullable RateLimit limit() {
    return perSecond == null || burst == null ? null : new RateLimit(perSecond, burst);
  }
}
