package dev.freshcut.bookingapi.notification;

import dev.freshcut.bookingapi.security.Access;
import dev.freshcut.bookingapi.security.Caller;
import dev.freshcut.bookingapi.security.Role;
import dev.freshcut.bookingapi.web.Fails;
import dev.freshcut.bookingapi.web.Page;
import dev.freshcut.bookingapi.web.PageRequest;
import dev.freshcut.bookingapi.web.ProblemException;
import dev.freshcut.bookingapi.web.ProblemType;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.constraints.Positive;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@Tag(name = "Notifications")
@RestController
@RequestMapping("/api/v1")
class NotificationController {
  private final Ledger ledger;

  NotificationController(Ledger ledger) {
    this.ledger = ledger;
  }

  @Operation(
      summary = "What a customer was told, the newest first, page by page",
      description = "A client sees her own, staff those of their location.")
  @Fails(ProblemType.CUSTOMER_NOT_FOUND)
  @Access({Role.CLIENT, Role.BARBER, Role.OWNER, Role.OPERATOR})
  @GetMapping("/customers/{id}/notifications")
  Page<NotificationView> listNotificationsOfCustomer(
      @PathVariable @Positive long id, PageRequest page, Caller.User caller) {
    return ledger.ofCustomer(caller, id, page).orThrow(ProblemException::new);
  }

  @Operation(
      summary = "What was told of an appointment, the newest first, page by page",
      description = "A client sees her own, staff those of their location.")
  @Fails(ProblemType.APPOINTMENT_NOT_FOUND)
  @Access({Role.CLIENT, Role.BARBER, Role.OWNER, Role.OPERATOR})
  @GetMapping("/appointments/{id}/notifications")
  Page<NotificationView> listNotificationsOfAppointment(
      @PathVariable @Positive long id, PageRequest page, Caller.User caller) {
    return ledger.ofAppointment(caller, id, page).orThrow(ProblemException::new);
  }
}
