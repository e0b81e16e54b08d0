package dev.freshcut.jobstreams.spring;

import dev.freshcut.jobstreams.JobState;
import dev.freshcut.jobstreams.Names;
import dev.freshcut.jobstreams.Outcome;
import dev.freshcut.jobstreams.store.JobRecord;
import dev.freshcut.jobstreams.store.JobStore;
import dev.freshcut.jobstreams.store.Page;
import dev.freshcut.jobstreams.store.QueueStatus;
import dev.freshcut.jobstreams.store.RateLimit;
import dev.freshcut.jobstreams.store.StoreUnavailableException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * What operators see of queues and do with their jobs. It asks nobody who they are: an application
 * puts it where only operators come, such as a loopback address. What a browser sends for a page of
 * another site changes nothing.
 */
@RestController
@RequestMapping("/jobs")
public class JobsController {
  private static final Set<HttpMethod> READING = Set.of(HttpMethod.GET, HttpMethod.HEAD);

  private final JobStore store;
  private final Set<String> queues;
  private final boolean showPayloads;

  JobsController(JobStore store, JobQueues queues, JobsProperties properties) {
    this.store = store;
    this.queues = new TreeSet<>(queues.names());
    this.showPayloads = properties.showPayloads();
  }

  /** A job without what may be personal. */
  record Listed(
      String id,
      String type,
      JobState state,
      String priority,
      int attempts,
      int losses,
      Instant enqueuedAt,
      Instant dueAt,
      @Nullable Instant deadline,
      @Nullable Instant startedAt,
      @Nullable Instant endedAt,
      @Nullable String worker,
      @Nullable String group,
      int percent,
      @Nullable String note,
      @Nullable String reason) {
    static Listed of(JobRecord job) {
      return new Listed(
          job.id(),
          job.type(),
          job.state(),
          job.priority().name(),
          job.attempts(),
          job.losses(),
          job.enqueuedAt(),
          job.dueAt(),
          job.deadline(),
          job.startedAt(),
          job.endedAt(),
          job.worker(),
          job.group(),
          job.percent(),
          job.note(),
          job.reason());
    }
  }

  /** Some jobs, and where the rest begins. */
  record Listing(List<Listed> jobs, @Nullable String next) {}

  /** One job and what happened to it; payload and result only where they may be seen. */
  record Shown(
      Listed job,
      int version,
      @Nullable String payload,
      @Nullable String result,
      List<JobRecord.Event> events) {}

  /** What an operator's request came to. */
  record Answer(String outcome, int jobs) {}

  @GetMapping
  List<QueueStatus> queues() {
    return queues.stream().map(store::status).toList();
  }

  @GetMapping("/{queue}")
  Listing list(
      @PathVariable String queue,
      @RequestParam(defaultValue = "ready") String state,
      @RequestParam(required = false) @Nullable String cursor,
      @RequestParam(defaultValue = "50") String limit) {
    Page page = store.list(known(queue), state(state), cursor, count("limit", limit));
    return new Listing(page.jobs().stream().map(Listed::of).toList(), page.next());
  }

  /** One job. Ids are parameters, not parts of paths, because they may hold any visible letter. */
  @GetMapping("/{queue}/job")
  ResponseEntity<?> show(@PathVariable String queue, @RequestParam(defaultValue = "") String id) {
    JobRecord job = store.find(known(queue), checked(id)).orElse(null);
    if (job == null) {
      return notKept(id);
    }
    return ResponseEntity.ok(
        new Shown(
            Listed.of(job),
            job.version(),
            showPayloads ? job.payload() : null,
            showPayloads ? job.result() : null,
            job.events()));
  }

  @PostMapping("/{queue}/cancel")
  ResponseEntity<?> cancel(
      @PathVariable String queue,
      @RequestParam(defaultValue = "") String id,
      @RequestParam(defaultValue = "by an operator") String reason) {
    if (reason.length() > Outcome.LONGEST_REASON) {
      throw new IllegalArgumentException(
          "reason: at most " + Outcome.LONGEST_REASON + " characters");
    }
    return switch (store.cancel(known(queue), checked(id), reason)) {
      case CANCELLED -> ResponseEntity.ok(new Answer("cancelled", 1));
      case ASKED -> ResponseEntity.accepted().body(new Answer("asked its worker", 1));
      case ENDED -> problem(HttpStatus.CONFLICT, "job " + id + " has ended already");
      case UNKNOWN -> notKept(id);
    };
  }

  /** Redrives a dead job, or begins a scheduled one now. */
  @PostMapping("/{queue}/retry")
  ResponseEntity<?> retry(@PathVariable String queue, @RequestParam(defaultValue = "") String id) {
    if (store.redrive(known(queue), checked(id)) || store.runNow(queue, id)) {
      return ResponseEntity.ok(new Answer("ready", 1));
    }
    return store
        .find(queue, id)
        .<ResponseEntity<?>>map(
            job ->
                problem(
                    HttpStatus.CONFLICT,
                    "job " + id + " is " + job.state() + ": neither dead nor scheduled"))
        .orElseGet(() -> notKept(id));
  }

  /** Each recurring schedule that a process has told of, and when it fires next. */
  @GetMapping("/{queue}/schedules")
  Map<String, Instant> schedules(@PathVariable String queue) {
    return store.schedules(known(queue));
  }

  /** Forgets a recurring schedule; a process that still has it tells of it again soon. */
  @DeleteMapping("/{queue}/schedules/{name}")
  ResponseEntity<?> unschedule(@PathVariable String queue, @PathVariable String name) {
    return store.unschedule(known(queue), name)
        ? ResponseEntity.ok(new Answer("forgotten", 0))
        : problem(HttpStatus.NOT_FOUND, "no schedule " + name + " in this queue");
  }

  @PostMapping("/{queue}/pause")
  Answer pause(@PathVariable String queue) {
    store.pause(known(queue));
    return new Answer("paused", 0);
  }

  @PostMapping("/{queue}/resume")
  Answer resume(@PathVariable String queue) {
    store.resume(known(queue));
    return new Answer("resumed", 0);
  }

  /** Redrives the oldest dead jobs. */
  @PostMapping("/{queue}/redrive")
  Answer redrive(@PathVariable String queue, @RequestParam(defaultValue = "500") String most) {
    return new Answer("redriven", store.redriveAll(known(queue), count("most", most)));
  }

  /** Removes the oldest dead jobs that have been dead for at least so long. */
  @PostMapping("/{queue}/purge")
  Answer purge(
      @PathVariable String queue,
      @RequestParam(defaultValue = "") String age,
      @RequestParam(defaultValue = "500") String most) {
    Instant before = store.now(known(queue)).plusMillis(1).minus(age(age));
    return new Answer("purged", store.purge(queue, before, count("most", most)));
  }

  @PutMapping("/{queue}/limit")
  Answer limit(@PathVariable String queue, @RequestBody(required = false) @Nullable String body) {
    RateLimit limit = LimitForm.read(body == null ? "" : body).limit();
    store.limit(known(queue), limit);
    return new Answer(limit == null ? "lifted" : "limited", 0);
  }

  /** A page of somebody else's must not make an operator's browser write here. */
  @ModelAttribute
  void refuseOtherSites(HttpMethod method, @RequestHeader HttpHeaders headers) {
    if (!READING.contains(method) && OtherSites.sent(headers)) {
      throw new OtherSites.RefusedException();
    }
  }

  @ExceptionHandler(OtherSites.RefusedException.class)
  ResponseEntity<?> otherSite(OtherSites.RefusedException e) {
    return problem(HttpStatus.FORBIDDEN, "a page of another site may change nothing here");
  }

  @ExceptionHandler(IllegalArgumentException.class)
  ResponseEntity<?> bad(IllegalArgumentException e) {
    return problem(HttpStatus.BAD_REQUEST, String.valueOf(e.getMessage()));
  }

  @ExceptionHandler(UnknownQueueException.class)
  ResponseEntity<?> unknown(UnknownQueueException e) {
    return problem(HttpStatus.NOT_FOUND, String.valueOf(e.getMessage()));
  }

  @ExceptionHandler(StoreUnavailableException.class)
  ResponseEntity<?> away(StoreUnavailableException e) {
    return problem(
        HttpStatus.SERVICE_UNAVAILABLE,
        "the job store does not answer; look again before you repeat");
  }

  private String known(String queue) {
    if (!queues.contains(queue)) {
      throw new UnknownQueueException("no queue " + queue + " here; there are " + queues);
    }
    return queue;
  }

  private static JobState state(String name) {
    return Arrays.stream(JobState.values())
        .filter(state -> state.name().equalsIgnoreCase(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "state: one of "
                        + Arrays.toString(JobState.values()).toLowerCase(Locale.ROOT)));
  }

  private static String checked(String id) {
    return Names.checkKey("id", id);
  }

  private static ResponseEntity<?> notKept(String id) {
    return problem(HttpStatus.NOT_FOUND, "no job " + id + " is kept in this queue");
  }

  private static int count(String what, String text) {
    int count = text.matches("\\d{1,4}") ? Integer.parseInt(text) : 0;
    if (count < 1 || count > JobStore.MOST_JOBS) {
      throw new IllegalArgumentException(what + ": a number from 1 to " + JobStore.MOST_JOBS);
    }
    return count;
  }

  private static Duration age(String text) {
    try {
      Duration age = Duration.parse(text);
      if (!age.isNegative() && age.compareTo(Duration.ofDays(3_660)) <= 0) {
        return age;
      }
    } catch (DateTimeParseException e) {
      // Said below, as for one that is out of bounds.
    }
    throw new IllegalArgumentException("age: an ISO duration from PT0S to P3660D, such as PT12H");
  }

  private static ResponseEntity<?> problem(HttpStatus status, String detail) {
    return ResponseEntity.of(ProblemDetail.forStatusAndDetail(status, detail)).build();
  }

  /** A queue that nobody here knows. */
  static final class UnknownQueueException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UnknownQueueException(String message) {
      super(message);
    }
  }
}
