package dev.freshcut.notificationworker.notice;

import dev.freshcut.jobstreams.JobType;
import dev.freshcut.notificationworker.sending.Channel;
import dev.freshcut.notificationworker.sending.Kind;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * To tell somebody of one change.
 *
 * @param rowId the appointment's id, or for {@link Kind#OFFERED} the wish's
 * @param version of the row after the change
 * @param asLeft the appointment after the change; null for offers
 * @param committedAt by the database's clock
 */
public record NoticeJob(
    Kind kind, long rowId, long version, @Nullable AsLeft asLeft, Instant committedAt) {
  /**
   * What a notice says of an appointment: if that is not so any more, another notice will tell.
   *
   * @param wasConfirmed before the change, so that calendars may have it
   */
  public record AsLeft(Instant startsAt, long barberId, long serviceId, boolean wasConfirmed) {}

  /** Of a channel. */
  public static JobType<NoticeJob> type(Channel channel) {
    return JobType.of(channel.text(), "notice", NoticeJob.class);
  }

  /** What a move comes to, one way. */
  String place(Channel channel) {
    AsLeft left = Objects.requireNonNull(asLeft);
    return "moved:%d:%d:%d:%d:%s"
        .formatted(
            rowId,
            left.startsAt().getEpochSecond(),
            left.barberId(),
            left.serviceId(),
            channel.text());
  }

  String id(Channel channel) {
    return "%s:%d:%d:%s".formatted(kind.text(), rowId, version, channel.text());
  }
}
