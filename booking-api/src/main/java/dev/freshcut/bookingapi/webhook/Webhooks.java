package dev.freshcut.bookingapi.webhook;

import dev.freshcut.bookingapi.audit.AuditLog;
import dev.freshcut.bookingapi.coherence.Written;
import dev.freshcut.bookingapi.security.Caller;
import dev.freshcut.bookingapi.web.IfMatch;
import dev.freshcut.bookingapi.write.Outcome;
import dev.freshcut.bookingapi.write.Writes;
import dev.freshcut.sharedevents.webhook.SecretBox;
import dev.freshcut.sharedevents.webhook.Target;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.springframework.stereotype.Service;

/** Webhooks in the hands of owners, of their location, and of operators. */
@Service
class Webhooks {
  /** Of a location. */
  static final int MOST = 20;

  /** As https://www.standardwebhooks.com has it. */
  private static final String SECRET_PREFIX = "whsec_";

  private static final int SECRET_BYTES = 32;

  private final WebhookTable table;
  private final SecretBox box;
  private final WebhookSettings settings;
  private final Writes writes;
  private final AuditLog audit;
  private final SecureRandom random = new SecureRandom();

  Webhooks(
      WebhookTable table, SecretBox box, WebhookSettings settings, Writes writes, AuditLog audit) {
    this.table = table;
    this.box = box;
    this.settings = settings;
    this.writes = writes;
    this.audit = audit;
  }

  Outcome<WebhookView, WebhookRefusal> find(Caller.User caller, long id) {
    return own(table.find(id), caller, id);
  }

  Outcome<Written<WebhookView>, WebhookRefusal> create(Caller.User caller, NewWebhook wanted) {
    return writes.attempt(changes -> make(caller, wanted));
  }

  private Outcome<WebhookView, WebhookRefusal> make(Caller.User caller, NewWebhook wanted) {
    long location = wanted.locationId();
    if (!caller.mayWorkAt(location) || !table.lockLocation(location)) {
      return Outcome.refused(new WebhookRefusal.NoLocation(location));
    }
    Optional<String> problem = Target.problem(wanted.url(), settings.allowLocal());
    if (problem.isPresent()) {
      return Outcome.refused(new WebhookRefusal.BadUrl(problem.get()));
    }
    if (!box.isUsable()) {
      return Outcome.refused(new WebhookRefusal.NoKey());
    }
    if (table.count(location) >= MOST) {
      return Outcome.refused(new WebhookRefusal.Full(MOST));
    }
    long id = table.nextId();
    byte[] secret = newSecret();
    WebhookView made = table.insert(id, wanted, box.seal(id, secret));
    audit.record(caller, "webhook.create", target(id), Map.of());
    return Outcome.done(made.withSecret(text(secret)));
  }

  Outcome<Written<WebhookView>, WebhookRefusal> change(
      Caller.User caller, long id, WebhookChange wanted, IfMatch expected) {
    String url = wanted.url();
    return changing(
        caller,
        id,
        expected,
        before -> {
          Optional<String> problem =
              url == null ? Optional.empty() : Target.problem(url, settings.allowLocal());
          if (problem.isPresent()) {
            return Outcome.refused(new WebhookRefusal.BadUrl(problem.get()));
          }
          WebhookView after = table.update(id, wanted);
          if (after.version() != before.version()) {
            audit.record(caller, "webhook.change", target(id), Map.of("enabled", after.enabled()));
          }
          return Outcome.done(after);
        });
  }

  /** Makes a new secret; those that were good so far are so for a while longer. */
  Outcome<Written<WebhookView>, WebhookRefusal> rotate(
      Caller.User caller, long id, IfMatch expected) {
    return changing(
        caller,
        id,
        expected,
        before -> {
          if (!box.isUsable()) {
            return Outcome.refused(new WebhookRefusal.NoKey());
          }
          byte[] secret = newSecret();
          WebhookView after = table.rotate(id, box.seal(id, secret), settings.overlap());
          audit.record(caller, "webhook.rotate-secret", target(id), Map.of());
          return Outcome.done(after.withSecret(text(secret)));
        });
  }

  Outcome<Written<WebhookView>, WebhookRefusal> delete(
      Caller.User caller, long id, IfMatch expected) {
    return changing(
        caller,
        id,
        expected,
        before -> {
          table.delete(id);
          audit.record(caller, "webhook.delete", target(id), Map.of());
          return Outcome.done(before);
        });
  }

  private Outcome<Written<WebhookView>, WebhookRefusal> changing(
      Caller.User caller,
      long id,
      IfMatch expected,
      Function<WebhookView, Outcome<WebhookView, WebhookRefusal>> change) {
    return writes.attempt(
        changes ->
            own(table.lock(id), caller, id)
                .then(
                    before -> {
                      expected.require(before.version());
                      return change.apply(before);
                    }));
  }

  /** Another location's webhook is not there for an owner. */
  private static Outcome<WebhookView, WebhookRefusal> own(
      Optional<WebhookView> found, Caller.User caller, long id) {
    return Outcome.found(
        found.filter(webhook -> caller.mayWorkAt(webhook.locationId())),
        () -> new WebhookRefusal.NoWebhook(id));
  }

  private byte[] newSecret() {
    byte[] secret = new byte[SECRET_BYTES];
    random.nextBytes(secret);
    return secret;
  }

  private static String text(byte[] secret) {
    return SECRET_PREFIX + Base64.getEncoder().encodeToString(secret);
  }

  private static String target(long id) {
    return "webhook:" + id;
  }
}
