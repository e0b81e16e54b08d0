package dev.freshcut.bookingapi.coherence;

import dev.freshcut.coherentcache.CacheListener;
import dev.freshcut.coherentcache.CoherentCache;
import dev.freshcut.coherentcache.Evictor;
import dev.freshcut.coherentcache.RedisCoherence;
import dev.freshcut.coherentcache.micrometer.MicrometerCacheListener;
import dev.freshcut.coherentcache.model.CacheModel;
import dev.freshcut.coherentcache.spring.CacheProperties;
import dev.freshcut.coherentcache.spring.TransactionalSnapshotSource;
import dev.freshcut.redisaccess.spring.RedisSettings;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import javax.sql.DataSource;
import org.redisson.Redisson;
import org.redisson.api.RedissonClient;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.transaction.PlatformTransactionManager;

/** The cache over the service's Redis and database. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({CacheProperties.class, RedisSettings.class})
class CoherenceConfiguration {
  @Bean
  Clock clock() {
    return Clock.systemUTC();
  }

  @Bean
  CacheModel cacheModel(ModelSettings settings) {
    return settings.load();
  }

  @Bean(destroyMethod = "shutdown")
  RedissonClient redisson(RedisSettings settings) {
    return Redisson.create(settings.toRedisson());
  }

  @Bean
  CacheListener cacheListener(MeterRegistry meters) {
    return new MicrometerCacheListener(meters);
  }

  @Bean
  RedisCoherence coherence(
      RedissonClient redisson,
      CacheModel model,
      CacheProperties properties,
      CacheListener listener,
      Clock clock) {
    RedisCoherence coherence =
        new RedisCoherence(redisson, model, properties.toSettings(), listener, clock);
    coherence.registerModel();
    return coherence;
  }

  @Bean
  CoherentCache coherentCache(
      RedisCoherence coherence, PlatformTransactionManager transactions, DataSource database) {
    return coherence.reader(new TransactionalSnapshotSource(transactions, database));
  }

  @Bean
  Evictor evictor(RedisCoherence coherence) {
    return coherence.evictor();
  }
}
