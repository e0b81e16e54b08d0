package dev.freshcut.coherentcache.spring;

import dev.freshcut.coherentcache.Consistency;
import dev.freshcut.coherentcache.model.CacheKey;
import dev.freshcut.coherentcache.model.CacheModel;
import dev.freshcut.coherentcache.model.Family;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.core.annotation.AnnotatedElementUtils;
import tools.jackson.core.type.TypeReference;

/**
 * How a {@link CoherentCached} method's arguments make a key.
 *
 * @param positions for each of the family's variables, the index of its parameter
 * @param consistencyPosition index of the parameter of type {@link Consistency}, or -1
 */
record CachedMethod(
    Family family,
    List<Integer> positions,
    int consistencyPosition,
    TypeReference<@Nullable Object> type) {

  /**
   * @throws IllegalStateException if parameters and variables do not correspond one to one
   */
  static CachedMethod of(Method method, CacheModel model) {
    CoherentCached annotation =
        Objects.requireNonNull(
            AnnotatedElementUtils.findMergedAnnotation(method, CoherentCached.class));
    Family family = model.family(annotation.value());
    List<String> names = new ArrayList<>();
    for (Parameter parameter : method.getParameters()) {
      names.add(parameter.getType() == Consistency.class ? "" : snakeCase(parameter.getName()));
    }
    List<Integer> positions = family.variables().stream().map(names::indexOf).toList();
    int consistency = names.indexOf("");
    int expected = family.variables().size() + (consistency < 0 ? 0 : 1);
    if (positions.contains(-1) || names.size() != expected) {
      throw new IllegalStateException(
          "%s caches family %s: its parameters %s must be the variables %s, and at most one Consistency (compile with -parameters)"
              .formatted(method, family.name(), names, family.variables()));
    }
    return new CachedMethod(
        family, positions, consistency, typeReference(method.getGenericReturnType()));
  }

  CacheKey key(@Nullable Object[] arguments) {
    return family.key(positions.stream().map(position -> arguments[position]).toArray());
  }

  Consistency consistency(@Nullable Object[] arguments) {
    Object argument = consistencyPosition < 0 ? null : arguments[consistencyPosition];
    return argument instanceof Consistency consistency ? consistency : Consistency.EVENTUAL;
  }

  private static String snakeCase(String name) {
    return name.replaceAll("([a-z0-9])([A-Z])", "$1_$2").toLowerCase(Locale.ROOT);
  }

  private static TypeReference<@Nullable Object> typeReference(Type type) {
    return new TypeReference<>() {
      @Override
      public Type getType() {
        return type;
      }
    };
  }
}
