package dev.freshcut.notificationworker.notice;

import dev.freshcut.notificationworker.reading.AppointmentImage;
import dev.freshcut.notificationworker.reading.Fact.AppointmentChanged;
import dev.freshcut.notificationworker.reading.Fact.WishChanged;
import dev.freshcut.notificationworker.sending.Kind;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Which changes customers are told of: a function of the row before and after, and of no more. */
public final class NoticeRule {
  private NoticeRule() {}

  /** At most one notice of a change: the one that says most. */
  public static Optional<NoticeJob> of(AppointmentChanged change) {
    AppointmentImage after = change.after();
    if (after == null
        || change.snapshot()
        || after.customerId() == null
        || !after.startsAt().isAfter(change.commit().at())) {
      return Optional.empty();
    }
    Kind kind = kind(change.before(), after);
    return Optional.ofNullable(kind)
        .map(
            k ->
                new NoticeJob(
                    k,
                    after.id(),
                    after.version(),
                    new NoticeJob.AsLeft(
                        after.startsAt(),
                        after.barberId(),
                        after.serviceId(),
                        isConfirmed(change.before())),
                    change.commit().at()));
  }

  /** An offer. */
  public static Optional<NoticeJob> of(WishChanged change) {
    boolean offered =
        change.after().state().equals("offered")
            && (change.before() == null || !change.before().state().equals("offered"));
    return offered
        ? Optional.of(
            new NoticeJob(
                Kind.OFFERED,
                change.after().id(),
                change.after().version(),
                null,
                change.commit().at()))
        : Optional.empty();
  }

  private static @Nullable Kind kind(@Nullable AppointmentImage before, AppointmentImage after) {
    boolean wasOpen = before != null && before.isOpen();
    return switch (after.status()) {
      case "pending" -> wasOpen ? moved(before, after) : Kind.REQUESTED;
      case "confirmed" -> isConfirmed(before) ? moved(before, after) : Kind.CONFIRMED;
      case "cancelled" -> wasOpen ? Kind.CANCELLED : null;
      default -> null;
    };
  }

  private static boolean isConfirmed(@Nullable AppointmentImage image) {
    return image != null && image.status().equals("confirmed");
  }

  private static @Nullable Kind moved(@Nullable AppointmentImage before, AppointmentImage after) {
    return before != null && after.isMovedFrom(before) ? Kind.MOVED : null;
  }
}
