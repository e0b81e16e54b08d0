package dev.freshcut.coherentcache.spring;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.context.annotation.AdviceMode;
import org.springframework.context.annotation.AutoProxyRegistrar;
import org.springframework.context.annotation.Import;

/**
 * Makes {@link CoherentCached} work. The context must hold one {@link
 * dev.freshcut.coherentcache.CoherentCache} and one {@link
 * dev.freshcut.coherentcache.model.CacheModel}.
 */
@Documented
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Import({AutoProxyRegistrar.class, CoherentCachingConfiguration.class})
public @interface EnableCoherentCaching {
  /** How methods are intercepted; only proxies are supported. */
  AdviceMode mode() default AdviceMode.PROXY;

  /** Whether proxies are subclasses rather than implementations of the bean's interfaces. */
  boolean proxyTargetClass() default true;
}
