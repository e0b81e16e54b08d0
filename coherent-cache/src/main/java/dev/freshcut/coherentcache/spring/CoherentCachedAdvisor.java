package dev.freshcut.coherentcache.spring;

import dev.freshcut.coherentcache.CoherentCache;
import dev.freshcut.coherentcache.model.CacheModel;
import java.lang.reflect.Method;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.aopalliance.intercept.MethodInterceptor;
import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;
import org.springframework.aop.support.AopUtils;
import org.springframework.aop.support.StaticMethodMatcherPointcutAdvisor;
import org.springframework.core.annotation.AnnotatedElementUtils;

/** Answers calls of {@link CoherentCached} methods through the cache. */
final class CoherentCachedAdvisor extends StaticMethodMatcherPointcutAdvisor {
  private static final long serialVersionUID = 1L;

  CoherentCachedAdvisor(Supplier<CoherentCache> cache, Supplier<CacheModel> model) {
    super(new Interceptor(cache, model));
  }

  @Override
  public boolean matches(Method method, Class<?> targetClass) {
    return AnnotatedElementUtils.hasAnnotation(
        AopUtils.getMostSpecificMethod(method, targetClass), CoherentCached.class);
  }

  private static final class Interceptor implements MethodInterceptor {
    private final Supplier<CoherentCache> cache;
    private final Supplier<CacheModel> model;
    private final Map<Method, CachedMethod> methods = new ConcurrentHashMap<>();

    Interceptor(Supplier<CoherentCache> cache, Supplier<CacheModel> model) {
      this.cache = cache;
      this.model = model;
    }

    @Override
    public @Nullable Object invoke(MethodInvocation invocation) {
      Class<?> target =
          invocation.getThis() == null
              ? invocation.getMethod().getDeclaringClass()
              : AopUtils.getTargetClass(invocation.getThis());
      CachedMethod method =
          methods.computeIfAbsent(
              AopUtils.getMostSpecificMethod(invocation.getMethod(), target),
              declared -> CachedMethod.of(declared, model.get()));
      @Nullable Object[] arguments = invocation.getArguments();
      return cache
          .get()
          .get(
              method.key(arguments),
              method.type(),
              method.consistency(arguments),
              proceed(invocation))
          .value();
    }

    private static Callable<@Nullable Object> proceed(MethodInvocation invocation) {
      return () -> {
        try {
          return invocation.proceed();
        } catch (Exception | Error e) {
          throw e;
        } catch (Throwable e) {
          throw new IllegalStateException(e);
        }
      };
    }
  }
}
