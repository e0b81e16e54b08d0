package dev.freshcut.bookingapi.payment;

import dev.freshcut.bookingapi.coherence.Written;
import dev.freshcut.bookingapi.security.Access;
import dev.freshcut.bookingapi.security.Caller;
import dev.freshcut.bookingapi.security.ListScope;
import dev.freshcut.bookingapi.security.Role;
import dev.freshcut.bookingapi.web.Fails;
import dev.freshcut.bookingapi.web.IfMatch;
import dev.freshcut.bookingapi.web.Page;
import dev.freshcut.bookingapi.web.PageRequest;
import dev.freshcut.bookingapi.web.Problem;
import dev.freshcut.bookingapi.web.ProblemException;
import dev.freshcut.bookingapi.web.ProblemType;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Positive;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@Tag(name = "Payments")
@RestController
@RequestMapping("/api/v1/payments")
class PaymentController {
  private final Payments payments;
  private final PaymentList list;
  private final Clock clock;

  PaymentController(Payments payments, PaymentList list, Clock clock) {
    this.payments = payments;
    this.list = list;
    this.clock = clock;
  }

  @Operation(
      summary = "Payments and refunds by when they were paid, or else recorded, page by page",
      description =
          "Clients see their own; staff those of their location; operators say which location.")
  @Fails(ProblemType.LOCATION_NOT_FOUND)
  @Access({Role.CLIENT, Role.BARBER, Role.OWNER, Role.OPERATOR})
  @GetMapping
  Page<PaymentView> list(
      @RequestParam(required = false) @Positive @Nullable Long location,
      @RequestParam(required = false) @Positive @Nullable Long appointment,
      @Parameter(description = "First day, in the location's time zone")
          @RequestParam(required = false)
          @Nullable LocalDate from,
      @Parameter(description = "Last day, in the location's time zone")
          @RequestParam(required = false)
          @Nullable LocalDate to,
      @RequestParam(required = false) @Nullable Kind kind,
      @RequestParam(required = false) @Nullable Method method,
      @RequestParam(required = false) @Nullable PaymentStatus status,
      PageRequest page,
      Caller.User caller) {
    ListScope scope = ListScope.of(caller, location);
    return list.page(new PaymentFilter(scope, appointment, from, to, kind, method, status), page);
  }

  @Operation(summary = "A payment, from the database")
  @Fails(ProblemType.PAYMENT_NOT_FOUND)
  @Access({Role.CLIENT, Role.BARBER, Role.OWNER, Role.OPERATOR})
  @GetMapping("/{id}")
  PaymentView find(@PathVariable @Positive long id, Caller.User caller) {
    return payments.find(caller, id).orThrow(ProblemException::new);
  }

  @Operation(
      summary = "Record a payment for an appointment",
      description =
          "All payments together are at most the appointment's price and their tips."
              + " Barbers record those of the last 7 days.")
  @Fails({
    ProblemType.APPOINTMENT_NOT_FOUND,
    ProblemType.CURRENCY_MISMATCH,
    ProblemType.AMOUNT_TOO_HIGH
  })
  @Access({Role.BARBER, Role.OWNER, Role.OPERATOR})
  @ResponseStatus(HttpStatus.CREATED)
  @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
  ResponseEntity<Written<PaymentView>> create(
      @RequestBody @Valid NewPayment wanted, Caller.User caller) {
    Instant earliest =
        caller.role() == Role.BARBER ? clock.instant().minus(NewPayment.BARBER_LATENESS) : null;
    require(wanted.amountMinor(), wanted.tipMinor(), wanted.status(), wanted.paidAt(), earliest);
    return created(payments.record(caller, wanted).orThrow(ProblemException::new));
  }

  @Operation(
      summary = "Give a settled payment back, or a part of it",
      description = "All refunds together are at most the payment, and its tip at most the tip.")
  @Fails({ProblemType.PAYMENT_NOT_FOUND, ProblemType.PAYMENT_CLOSED, ProblemType.AMOUNT_TOO_HIGH})
  @Access({Role.OWNER, Role.OPERATOR})
  @ResponseStatus(HttpStatus.CREATED)
  @PostMapping(path = "/{id}/refund", consumes = MediaType.APPLICATION_JSON_VALUE)
  ResponseEntity<Written<PaymentView>> refund(
      @PathVariable @Positive long id,
      @RequestBody @Valid NewRefund wanted,
      IfMatch expected,
      Caller.User caller) {
    require(wanted.amountMinor(), wanted.tipMinor(), wanted.status(), wanted.paidAt(), null);
    return created(payments.refund(caller, id, wanted, expected).orThrow(ProblemException::new));
  }

  @Operation(
      summary = "Note that a pending payment arrived",
      description = "Again changes nothing. Refunds are not for barbers.")
  @Fails({ProblemType.PAYMENT_NOT_FOUND, ProblemType.PAYMENT_CLOSED})
  @Access({Role.BARBER, Role.OWNER, Role.OPERATOR})
  @PostMapping("/{id}/settle")
  Written<PaymentView> settle(
      @PathVariable @Positive long id, IfMatch expected, Caller.User caller) {
    return payments
        .become(caller, PaymentStatus.SETTLED, id, expected)
        .orThrow(ProblemException::new);
  }

  @Operation(
      summary = "Note that a pending payment failed",
      description = "Again changes nothing. Refunds are not for barbers.")
  @Fails({ProblemType.PAYMENT_NOT_FOUND, ProblemType.PAYMENT_CLOSED})
  @Access({Role.BARBER, Role.OWNER, Role.OPERATOR})
  @PostMapping("/{id}/fail")
  Written<PaymentView> fail(@PathVariable @Positive long id, IfMatch expected, Caller.User caller) {
    return payments
        .become(caller, PaymentStatus.FAILED, id, expected)
        .orThrow(ProblemException::new);
  }

  private static ResponseEntity<Written<PaymentView>> created(Written<PaymentView> made) {
    return ResponseEntity.created(URI.create("/api/v1/payments/" + made.value().id())).body(made);
  }

  private void require(
      long amount,
      @Nullable Long tip,
      @Nullable PaymentStatus status,
      @Nullable Instant paidAt,
      @Nullable Instant earliest) {
    List<Problem.FieldError> errors = new ArrayList<>();
    if (tip != null && tip > amount) {
      errors.add(new Problem.FieldError("tipMinor", "is a part of amountMinor, not more"));
    }
    if (status == PaymentStatus.FAILED) {
      errors.add(new Problem.FieldError("status", "must be settled or pending"));
    }
    if (paidAt != null && status == PaymentStatus.PENDING) {
      errors.add(new Problem.FieldError("paidAt", "must be left out: it is not paid yet"));
    } else if (paidAt != null && paidAt.isAfter(clock.instant())) {
      errors.add(new Problem.FieldError("paidAt", "must not be in the future"));
    } else if (paidAt != null && earliest != null && paidAt.isBefore(earliest)) {
      errors.add(new Problem.FieldError("paidAt", "must be within 7 days, or an owner's to say"));
    }
    if (!errors.isEmpty()) {
      throw new ProblemException(Problem.invalid(errors));
    }
  }
}
