package dev.freshcut.bookingapi.notification;

import dev.freshcut.bookingapi.audit.AuditLog;
import dev.freshcut.bookingapi.coherence.Written;
import dev.freshcut.bookingapi.location.TimeZones;
import dev.freshcut.bookingapi.notification.PreferencesView.SmsConsent;
import dev.freshcut.bookingapi.security.Caller;
import dev.freshcut.bookingapi.security.Role;
import dev.freshcut.bookingapi.web.IfMatch;
import dev.freshcut.bookingapi.web.Problem;
import dev.freshcut.bookingapi.web.ProblemType;
import dev.freshcut.bookingapi.write.Outcome;
import dev.freshcut.bookingapi.write.RowChanges;
import dev.freshcut.bookingapi.write.Writes;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** What customers want of notifications, as they or staff say. */
@Service
class Preferences {
  private final RecipientTable table;
  private final TimeZones zones;
  private final Writes writes;
  private final AuditLog audit;
  private final Clock clock;

  Preferences(RecipientTable table, TimeZones zones, Writes writes, AuditLog audit, Clock clock) {
    this.table = table;
    this.zones = zones;
    this.writes = writes;
    this.audit = audit;
    this.clock = clock;
  }

  Outcome<PreferencesView, Problem> find(Caller.User caller, long customerId) {
    return visible(table.find(customerId), caller, customerId)
        .then(found -> Outcome.done(found.preferences()));
  }

  /** Replaces all but her consent to SMS. */
  Outcome<Written<PreferencesView>, Problem> put(
      Caller.User caller, long customerId, PreferencesTerms wanted, IfMatch expected) {
    return changing(
        caller, customerId, expected, (found, changes) -> put(caller, found, wanted, changes));
  }

  private Outcome<PreferencesView, Problem> put(
      Caller.User caller, Recipient found, PreferencesTerms wanted, RowChanges changes) {
    if ((wanted.quietFrom() == null) != (wanted.quietUntil() == null)) {
      return Outcome.refused(
          wanted.quietFrom() == null
              ? Problem.invalid("quietFrom", "is missing beside quietUntil")
              : Problem.invalid("quietUntil", "is missing beside quietFrom"));
    }
    if (wanted.timeZone() != null && !zones.isKnown(wanted.timeZone())) {
      return Outcome.refused(
          Problem.invalid("timeZone", "must be a zone that the database knows too"));
    }
    long customer = found.preferences().customerId();
    PreferencesView after = table.save(customer, found.locationId(), wanted.row(), changes);
    audit.recordOfStaff(caller, "notification-preferences.put", target(customer), Map.of());
    return Outcome.done(after);
  }

  /** Notes what she says of SMS; what she has said already changes nothing. */
  Outcome<Written<PreferencesView>, Problem> say(
      Caller.User caller, long customerId, SmsConsentTerms wanted, IfMatch expected) {
    return changing(
        caller,
        customerId,
        expected,
        (found, changes) ->
            source(caller, wanted.source())
                .then(source -> say(caller, found, wanted.given(), source, changes)));
  }

  private Outcome<PreferencesView, Problem> say(
      Caller.User caller,
      Recipient found,
      boolean given,
      ConsentSource source,
      RowChanges changes) {
    SmsConsent before = found.preferences().smsConsent();
    if (before != null && before.given() == given) {
      return Outcome.done(found.preferences());
    }
    String word = given ? "sms_consent" : "sms_withdrawn";
    String other = given ? "sms_withdrawn" : "sms_consent";
    Map<String, @Nullable Object> row = new LinkedHashMap<>();
    row.put(word + "_at", clock.instant().atOffset(ZoneOffset.UTC));
    row.put(word + "_source", source.text());
    row.put(other + "_at", null);
    row.put(other + "_source", null);
    long customer = found.preferences().customerId();
    PreferencesView after = table.save(customer, found.locationId(), row, changes);
    // Also of what she does herself: it is the proof.
    audit.record(
        caller,
        given ? "sms-consent.give" : "sms-consent.withdraw",
        target(customer),
        Map.of("source", source.text()));
    return Outcome.done(after);
  }

  /** A client speaks for herself; staff say how they know. */
  private static Outcome<ConsentSource, Problem> source(
      Caller.User caller, @Nullable ConsentSource said) {
    boolean herself = caller.role() == Role.CLIENT;
    if (herself && (said == null || said == ConsentSource.ACCOUNT)) {
      return Outcome.done(ConsentSource.ACCOUNT);
    }
    if (herself || said == ConsentSource.ACCOUNT) {
      return Outcome.refused(
          Problem.invalid("source", "must be account for the customer herself, and only for her"));
    }
    return said == null
        ? Outcome.refused(
            Problem.invalid("source", "is missing; staff say in_person, phone or writing"))
        : Outcome.done(said);
  }

  private Outcome<Written<PreferencesView>, Problem> changing(
      Caller.User caller,
      long customerId,
      IfMatch expected,
      BiFunction<Recipient, RowChanges, Outcome<PreferencesView, Problem>> change) {
    return writes.attempt(
        changes ->
            visible(table.lock(customerId), caller, customerId)
                .then(
                    found -> {
                      expected.require(found.preferences());
                      if (found.anonymised()) {
                        return Outcome.refused(
                            Problem.of(ProblemType.CUSTOMER_FIXED, "She is anonymised."));
                      }
                      return change.apply(found, changes);
                    }));
  }

  /** Another's customer is not there for the caller. */
  private static Outcome<Recipient, Problem> visible(
      Optional<Recipient> found, Caller.User caller, long id) {
    return Outcome.found(
        found.filter(recipient -> recipient.isFor(caller)),
        () -> Problem.of(ProblemType.CUSTOMER_NOT_FOUND, "Customer " + id));
  }

  private static String target(long customerId) {
    return "customer:" + customerId;
  }
}
