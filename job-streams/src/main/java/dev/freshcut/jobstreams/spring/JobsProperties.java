package dev.freshcut.jobstreams.spring;

import dev.freshcut.jobstreams.redis.RedisJobStoreSettings;
import dev.freshcut.jobstreams.worker.WorkerSettings;
import java.time.Duration;
import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of the job queue as Spring Boot binds them.
 *
 * @param namespace what the keys of all queues begin with; the same for all who share jobs
 * @param redisTimeout how long a call may take, 10 ms to 1 min
 * @param anyEvictionPolicy whether to start also where Redis may evict jobs
 * @param name see {@link WorkerSettings#name}
 * @param concurrency see {@link WorkerSettings#concurrency}; of each queue that {@code
 *     concurrency-of} does not name
 * @param concurrencyOf by queue
 * @param lease see {@link WorkerSettings#lease}; at least twice {@code redisTimeout}, so that one
 *     heartbeat may hang and the next still comes in time
 * @param drain see {@link WorkerSettings#drain}; with 7 s and {@code redisTimeout} more it must fit
 *     into {@code spring.lifecycle.timeout-per-shutdown-phase}
 * @param mostLosses see {@link WorkerSettings#mostLosses}
 * @param showPayloads whether the operators' surface shows payloads and results
 */
@ConfigurationProperties("freshcut.jobs")
public record JobsProperties(
    @DefaultValue("jobs") String namespace,
    @DefaultValue("3s") Duration redisTimeout,
    @DefaultValue("false") boolean anyEvictionPolicy,
    @DefaultValue("worker") String name,
    @DefaultValue("32") int concurrency,
    @DefaultValue Map<String, Integer> concurrencyOf,
    @DefaultValue("15s") Duration lease,
    @DefaultValue("20s") Duration drain,
    @DefaultValue("5") int mostLosses,
    @DefaultValue("false") boolean showPayloads) {

  /**
   * As the store in Redis takes them.
   *
   * @throws IllegalArgumentException naming the setting that is out of bounds
   */
  public RedisJobStoreSettings redis() {
    try {
      return new RedisJobStoreSettings(namespace, redisTimeout, anyEvictionPolicy);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("freshcut.jobs." + e.getMessage(), e);
    }
  }

  /**
   * As a queue's worker takes them.
   *
   * @throws IllegalArgumentException naming the setting that is out of bounds
   */
  public WorkerSettings worker(String queue) {
    if (lease.compareTo(redisTimeout.multipliedBy(2)) < 0) {
      throw new IllegalArgumentException(
          "freshcut.jobs.lease is " + lease + ": at least twice redis-timeout, " + redisTimeout);
    }
    Integer own = concurrencyOf.get(queue);
    String prefix = "freshcut.jobs.";
    try {
      WorkerSettings all = new WorkerSettings(name, concurrency, lease, drain, mostLosses);
      prefix = "freshcut.jobs.concurrency-of." + queue + ": ";
      return own == null ? all : all.withConcurrency(own);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(prefix + e.getMessage(), e);
    }
  }
}
