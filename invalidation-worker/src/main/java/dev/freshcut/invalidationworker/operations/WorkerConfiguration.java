package dev.freshcut.invalidationworker.operations;

import dev.freshcut.coherentcache.CacheListener;
import dev.freshcut.coherentcache.RedisCoherence;
import dev.freshcut.coherentcache.micrometer.MicrometerCacheListener;
import dev.freshcut.coherentcache.model.CacheModel;
import dev.freshcut.coherentcache.spring.CacheProperties;
import dev.freshcut.invalidationworker.consuming.CacheAccess;
import dev.freshcut.invalidationworker.consuming.Horizons;
import dev.freshcut.invalidationworker.consuming.Work;
import dev.freshcut.invalidationworker.reading.HeartbeatReader;
import dev.freshcut.invalidationworker.reading.RecordReader;
import dev.freshcut.invalidationworker.reading.Topics;
import dev.freshcut.invalidationworker.reading.Xids;
import dev.freshcut.invalidationworker.settings.WorkerSettings;
import dev.freshcut.redisaccess.spring.RedisSettings;
import dev.freshcut.sharedevents.change.ChangeParser;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.file.Path;
import java.time.Clock;
import org.redisson.Redisson;
import org.redisson.api.RedissonClient;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Puts the worker together. */
@Configuration(proxyBeanMethods = false)
public class WorkerConfiguration {
  private static final String CLASS_PATH = "classpath:";

  @Bean
  Clock clock() {
    return Clock.systemUTC();
  }

  @Bean
  CacheModel cacheModel(WorkerSettings settings) {
    String model = settings.model();
    return model.startsWith(CLASS_PATH)
        ? CacheModel.loadResource(model.substring(CLASS_PATH.length()))
        : CacheModel.load(Path.of(model));
  }

  @Bean(destroyMethod = "shutdown")
  RedissonClient redisson(RedisSettings settings) {
    return Redisson.create(settings.toRedisson());
  }

  @Bean
  RedisCoherence coherence(
      RedissonClient redisson,
      CacheModel model,
      CacheProperties cache,
      MeterRegistry registry,
      Clock clock) {
    CacheListener listener = new MicrometerCacheListener(registry);
    RedisCoherence coherence =
        new RedisCoherence(redisson, model, cache.toSettings(), listener, clock);
    coherence.registerModel();
    return coherence;
  }

  @Bean
  Work work(
      WorkerSettings settings,
      CacheProperties cache,
      CacheModel model,
      RedisCoherence coherence,
      MeterRegistry registry,
      Clock clock) {
    Topics topics =
        new Topics(
            settings.topics().prefix(),
            settings.topics().controlTopic(),
            settings.heartbeatTable(),
            model.tables().keySet());
    ChangeParser parser =
        new ChangeParser(
            settings.record().maxBytes(), settings.record().maxDepth(), model.tables());
    Xids xids = new Xids();
    Long initial = settings.initialXid();
    if (initial != null) {
      xids.saw(initial);
    }
    RecordReader reader =
        new RecordReader(
            topics, model, parser, new HeartbeatReader(settings.heartbeatTable()), xids);
    CacheAccess access =
        new CacheAccess(
            model,
            coherence.evictor(),
            coherence.progress(),
            coherence.watermarks(),
            cache.maxLoadTime());
    Horizons horizons = new Horizons(cache.maxLoadTime().multipliedBy(2));
    return new Work(
        settings, topics, reader, xids, access, horizons, new WorkerMetrics(registry), clock);
  }

  @Bean
  InvalidationWorker invalidationWorker(
      Work work, RedisCoherence coherence, MeterRegistry registry) {
    return new InvalidationWorker(work, coherence, registry);
  }

  @Bean
  HealthIndicator invalidation(InvalidationWorker worker, CacheProperties cache) {
    return worker.health(cache.watermarkBound());
  }
}
