package dev.freshcut.bookingapi.coherence;

import dev.freshcut.coherentcache.model.CacheModel;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Which cache model the views follow; the invalidation worker must have the same.
 *
 * @param model path of a model file; none for the packaged one
 */
@ConfigurationProperties("freshcut.cache")
public record ModelSettings(@Nullable Path model) {
  private static final String PACKAGED_MODEL = "freshcut/cache-model.yml";

  CacheModel load() {
    return model == null ? CacheModel.loadResource(PACKAGED_MODEL) : CacheModel.load(model);
  }
}
