package dev.freshcut.coherentcache.spring;

import dev.freshcut.coherentcache.CoherentCache;
import dev.freshcut.coherentcache.model.CacheModel;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Role;

@Configuration(proxyBeanMethods = false)
@Role(BeanDefinition.ROLE_INFRASTRUCTURE)
class CoherentCachingConfiguration {
  @Bean
  @Role(BeanDefinition.ROLE_INFRASTRUCTURE)
  CoherentCachedAdvisor coherentCachedAdvisor(
      ObjectProvider<CoherentCache> cache, ObjectProvider<CacheModel> model) {
    return new CoherentCachedAdvisor(cache::getObject, model::getObject);
  }
}
