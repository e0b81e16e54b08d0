package dev.freshcut.bookingapi.webhook;

import dev.freshcut.bookingapi.coherence.Written;
import dev.freshcut.bookingapi.idempotency.NeverStored;
import dev.freshcut.bookingapi.security.Access;
import dev.freshcut.bookingapi.security.Caller;
import dev.freshcut.bookingapi.security.ListScope;
import dev.freshcut.bookingapi.security.Role;
import dev.freshcut.bookingapi.web.Fails;
import dev.freshcut.bookingapi.web.IfMatch;
import dev.freshcut.bookingapi.web.Page;
import dev.freshcut.bookingapi.web.PageRequest;
import dev.freshcut.bookingapi.web.ProblemType;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Positive;
import java.net.URI;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@Tag(name = "Webhooks")
@RestController
@RequestMapping("/api/v1/webhooks")
class WebhookController {
  private final Webhooks webhooks;
  private final WebhookTable table;
  private final DeliveryTable deliveries;

  WebhookController(Webhooks webhooks, WebhookTable table, DeliveryTable deliveries) {
    this.webhooks = webhooks;
    this.table = table;
    this.deliveries = deliveries;
  }

  @Operation(
      summary = "A location's webhooks, page by page",
      description = "The owner's; operators say which location.")
  @Fails(ProblemType.LOCATION_NOT_FOUND)
  @Access({Role.OWNER, Role.OPERATOR})
  @GetMapping
  Page<WebhookView> list(
      @RequestParam(required = false) @Positive @Nullable Long location,
      PageRequest page,
      Caller.User caller) {
    ListScope scope = ListScope.of(caller, location);
    return table.page(Objects.requireNonNull(scope.locationId(), "a client's"), page);
  }

  @Operation(summary = "A webhook, without its secret")
  @Fails(ProblemType.WEBHOOK_NOT_FOUND)
  @Access({Role.OWNER, Role.OPERATOR})
  @GetMapping("/{id}")
  WebhookView find(@PathVariable @Positive long id, Caller.User caller) {
    return webhooks.find(caller, id).orThrow(WebhookRefusal::problem);
  }

  @Operation(summary = "What was delivered to a webhook, the newest first, page by page")
  @Fails(ProblemType.WEBHOOK_NOT_FOUND)
  @Access({Role.OWNER, Role.OPERATOR})
  @GetMapping("/{id}/deliveries")
  Page<DeliveryView> listDeliveriesOfWebhook(
      @PathVariable @Positive long id, PageRequest page, Caller.User caller) {
    webhooks.find(caller, id).orThrow(WebhookRefusal::problem);
    return deliveries.page(id, page);
  }

  @Operation(
      summary = "Have somebody told of what happens at a location",
      description = "The answer has the secret that signs deliveries; it is not shown again.")
  @Fails({
    ProblemType.LOCATION_NOT_FOUND,
    ProblemType.TOO_MANY_WEBHOOKS,
    ProblemType.WEBHOOKS_UNAVAILABLE
  })
  @Access({Role.OWNER, Role.OPERATOR})
  @NeverStored
  @ResponseStatus(HttpStatus.CREATED)
  @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
  ResponseEntity<Written<WebhookView>> create(
      @RequestBody @Valid NewWebhook wanted, Caller.User caller) {
    Written<WebhookView> made = webhooks.create(caller, wanted).orThrow(WebhookRefusal::problem);
    return ResponseEntity.created(URI.create("/api/v1/webhooks/" + made.value().id())).body(made);
  }

  @Operation(
      summary = "Change a webhook, or turn it off or on",
      description =
          "What is absent stays. One that was disabled because deliveries failed begins anew when it"
              + " is turned on; what failed meanwhile is not delivered again.")
  @Fails(ProblemType.WEBHOOK_NOT_FOUND)
  @Access({Role.OWNER, Role.OPERATOR})
  @PatchMapping(path = "/{id}", consumes = MediaType.APPLICATION_JSON_VALUE)
  Written<WebhookView> change(
      @PathVariable @Positive long id,
      @RequestBody @Valid WebhookChange wanted,
      IfMatch expected,
      Caller.User caller) {
    return webhooks.change(caller, id, wanted, expected).orThrow(WebhookRefusal::problem);
  }

  @Operation(
      summary = "Make a new secret",
      description =
          "The answer has it; it is not shown again. The one before is good for a while longer.")
  @Fails({ProblemType.WEBHOOK_NOT_FOUND, ProblemType.WEBHOOKS_UNAVAILABLE})
  @Access({Role.OWNER, Role.OPERATOR})
  @NeverStored
  @PostMapping("/{id}/rotate-secret")
  Written<WebhookView> rotateSecret(
      @PathVariable @Positive long id, IfMatch expected, Caller.User caller) {
    return webhooks.rotate(caller, id, expected).orThrow(WebhookRefusal::problem);
  }

  @Operation(summary = "Delete a webhook", description = "The answer has it as it was.")
  @Fails(ProblemType.WEBHOOK_NOT_FOUND)
  @Access({Role.OWNER, Role.OPERATOR})
  @DeleteMapping("/{id}")
  Written<WebhookView> delete(
      @PathVariable @Positive long id, IfMatch expected, Caller.User caller) {
    return webhooks.delete(caller, id, expected).orThrow(WebhookRefusal::problem);
  }
}
