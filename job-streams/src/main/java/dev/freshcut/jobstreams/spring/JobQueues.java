package dev.freshcut.jobstreams.spring;

import dev.freshcut.jobstreams.schedule.Schedule;
import dev.freshcut.jobstreams.worker.Handlers;
import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;

/** The queues that an application has to do with. */
record JobQueues(Set<String> names) {
  /** Copies the names. */
  public JobQueues {
    names = Set.copyOf(names);
  }

  static JobQueues of(Collection<Handlers> handlers, Collection<Schedule> schedules) {
    Set<String> names = new TreeSet<>();
    handlers.forEach(some -> names.addAll(some.queues()));
    schedules.forEach(schedule -> names.add(schedule.queue()));
    return new JobQueues(names);
  }
}
