package dev.freshcut.bookingapi.ratelimit;

import dev.freshcut.bookingapi.security.SecuritySettings;
import dev.freshcut.coherentcache.spring.CacheProperties;
import java.time.Clock;
import org.redisson.api.RedissonClient;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

@Configuration(proxyBeanMethods = false)
class RateLimitConfiguration implements WebMvcConfigurer {
  /** After it is known that the caller may call the handler at all. */
  private static final int ORDER = -100;

  private final RateLimitSettings settings;
  private final Limiter limiter;

  RateLimitConfiguration(RateLimitSettings settings, Limiter limiter) {
    this.settings = settings;
    this.limiter = limiter;
  }

  @Bean
  static Limiter limiter(
      RateLimitSettings settings, RedissonClient redisson, CacheProperties cache, Clock clock) {
    return new FallbackLimiter(
        new RedisLimiter(redisson, cache.namespace() + ":limit:", settings.redisTimeout(), clock),
        new MemoryLimiter(settings.memoryEntries(), clock),
        settings.redisPause(),
        clock);
  }

  @Bean
  static LoginLimit loginLimit(
      RateLimitSettings settings, Limiter limiter, Clock clock, SecuritySettings security) {
    return new LoginLimit(limiter, new MemoryLimiter(settings.memoryEntries(), clock), security);
  }

  @Override
  public void addInterceptors(InterceptorRegistry registry) {
    if (settings.enabled()) {
      registry
          .addInterceptor(new RateLimitInterceptor(settings, limiter))
          .addPathPatterns("/api/**")
          .order(ORDER);
    }
  }
}
