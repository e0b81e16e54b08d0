package dev.freshcut.bookingapi.webhook;

import dev.freshcut.bookingapi.audit.AuditLog;
import dev.freshcut.bookingapi.coherence.Written;
import dev.freshcut.bookingapi.security.Caller;
import dev.freshcut.bookingapi.web.IfMatch;
import dev.freshcut.bookingapi.write.Writes;
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

  WebhookOutcome find(Caller.User caller, long id) {
    return own(table.find(id), caller, id);
  }

  Written<WebhookOutcome> create(Caller.User caller, NewWebhook wanted) {
    return writes.run(changes -> make(caller, wanted));
  }

  private WebhookOutcome make(Caller.User caller, NewWebhook wanted) {
    long location = wanted.locationId();
    if (!caller.mayWorkAt(location) || !table.lockLocation(location)) {
      return new WebhookOutcome.NoLocation(location);
    }
    Optional<String> problem = Target.problem(wanted.url(), settings.allowLocal());
    if (problem.isPresent()) {
      return new WebhookOutcome.BadUrl(problem.get());
    }
    if (!box.isUsable()) {
      return new WebhookOutcome.NoKey();
    }
    if (table.count(location) >= MOST) {
      return new WebhookOutcome.Full(MOST);
    }
    long id = table.nextId();
    byte[] secret = newSecret();
    WebhookView made = table.insert(id, wanted, box.seal(id, secret));
    audit.record(caller, "webhook.create", target(id), Map.of());
    return new WebhookOutcome.Done(made.withSecret(text(secret)));
  }

  Written<WebhookOutcome> change(
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
            return new WebhookOutcome.BadUrl(problem.get());
          }
          WebhookView after = table.update(id, wanted);
          if (after.version() != before.version()) {
            audit.record(caller, "webhook.change", target(id), Map.of("enabled", after.enabled()));
          }
          return new WebhookOutcome.Done(after);
        });
  }

  /** Makes a new secret; those that were good so far are so for a while longer. */
  Written<WebhookOutcome> rotate(Caller.User caller, long id, IfMatch expected) {
    return changing(
        caller,
        id,
        expected,
        before -> {
          if (!box.isUsable()) {
            return new WebhookOutcome.NoKey();
          }
          byte[] secret = newSecret();
          WebhookView after = table.rotate(id, box.seal(id, secret), settings.overlap());
          audit.record(caller, "webhook.rotate-secret", target(id), Map.of());
          return new WebhookOutcome.Done(after.withSecret(text(secret)));
        });
  }

  Written<WebhookOutcome> delete(Caller.User caller, long id, IfMatch expected) {
    return changing(
        caller,
        id,
        expected,
        before -> {
          table.delete(id);
          audit.record(caller, "webhook.delete", target(id), Map.of());
          return new WebhookOutcome.Done(before);
        });
  }

  private Written<WebhookOutcome> changing(
      Caller.User caller, long id, IfMatch expected, Function<WebhookView, WebhookOutcome> change) {
    return writes.run(
        changes -> {
          WebhookOutcome found = own(table.lock(id), caller, id);
          if (found instanceof WebhookOutcome.Done done) {
            expected.require(done.webhook().version());
            return change.apply(done.webhook());
          }
          return found;
        });
  }

  /** Another location's webhook is not there for an owner. */
  private static WebhookOutcome own(Optional<WebhookView> found, Caller.User caller, long id) {
    return found
        .filter(webhook -> caller.mayWorkAt(webhook.locationId()))
        .<WebhookOutcome>map(WebhookOutcome.Done::new)
        .orElseGet(() -> new WebhookOutcome.Missing(id));
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
