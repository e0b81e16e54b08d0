package dev.freshcut.jobstreams.example;

import dev.freshcut.jobstreams.JobContext;
import dev.freshcut.jobstreams.JobHandler;
import dev.freshcut.jobstreams.JobRequest;
import dev.freshcut.jobstreams.JobType;
import dev.freshcut.jobstreams.Outcome;
import dev.freshcut.jobstreams.RetryPolicy;
import dev.freshcut.jobstreams.schedule.Schedule;
import dev.freshcut.jobstreams.schedule.Timing;
import dev.freshcut.jobstreams.worker.Handlers;
import java.io.IOException;
import java.net.MalformedURLException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;

/** The payload: what the job needs to know, and no more. */
record Resize(String image, int width) {
  static final JobType<Resize> TYPE = JobType.of("images", "resize", Resize.class);

  /** The same image and width is stored once, however often it is asked for within a week. */
  JobRequest<Resize> request() {
    return JobRequest.of(TYPE, this).withId("resize:" + image + ":" + width, Duration.ofDays(7));
  }

  /** What the handler works with; in this example, all there is of the world. */
  interface Images {
    boolean exists(String image);

    void resize(String image, int width, String key) throws IOException;
  }

  /** Does it. */
  record Handler(Images images) implements JobHandler<Resize> {
    @Override
    public Outcome run(Resize job, JobContext context) throws IOException {
      if (!images.exists(job.image())) {
        return Outcome.skipped("image was deleted");
      }
      context.progress(50, "resizing");
      images.resize(job.image(), job.width(), context.id());
      return Outcome.done();
    }
  }

  static Handlers handlers(Images images) {
    RetryPolicy policy =
        new RetryPolicy(
            5,
            Duration.ofSeconds(30),
            Duration.ofHours(1),
            0.2,
            List.of(MalformedURLException.class));
    return Handlers.builder()
        .add(TYPE, policy, Duration.ofMinutes(2), new Handler(images))
        .add(TidyUp.TYPE, (job, context) -> Outcome.done())
        .build();
  }

  /** Comes again every night. */
  record TidyUp(int olderThanDays) {
    static final JobType<TidyUp> TYPE = JobType.of("images", "tidy-up", TidyUp.class);

    static Schedule schedule() {
      return new Schedule(
          "tidy-up",
          Timing.cron("30 3 * * *", ZoneId.of("Europe/Berlin")),
          JobRequest.of(TYPE, new TidyUp(30)));
    }
  }
}
