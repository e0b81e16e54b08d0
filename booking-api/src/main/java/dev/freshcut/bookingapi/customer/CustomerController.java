package dev.freshcut.bookingapi.customer;

import dev.freshcut.bookingapi.coherence.Written;
import dev.freshcut.bookingapi.customer.Customers.Contact;
import dev.freshcut.bookingapi.security.Access;
import dev.freshcut.bookingapi.security.Caller;
import dev.freshcut.bookingapi.security.ListScope;
import dev.freshcut.bookingapi.security.Role;
import dev.freshcut.bookingapi.web.Fails;
import dev.freshcut.bookingapi.web.IfMatch;
import dev.freshcut.bookingapi.web.Page;
import dev.freshcut.bookingapi.web.PageRequest;
import dev.freshcut.bookingapi.web.PlainText;
import dev.freshcut.bookingapi.web.Problem;
import dev.freshcut.bookingapi.web.ProblemException;
import dev.freshcut.bookingapi.web.ProblemType;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.Size;
import java.net.URI;
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

@Tag(name = "Customers")
@RestController
@RequestMapping("/api/v1/customers")
class CustomerController {
  private final Clientele clientele;

  CustomerController(Clientele clientele) {
    this.clientele = clientele;
  }

  @Operation(
      summary = "Customers by id, page by page",
      description =
          "Clients see themselves; staff those of their location; operators say which location.")
  @Fails(ProblemType.LOCATION_NOT_FOUND)
  @Access({Role.CLIENT, Role.BARBER, Role.OWNER, Role.OPERATOR})
  @GetMapping
  Page<CustomerView> list(
      @RequestParam(required = false) @Positive @Nullable Long location,
      @Parameter(description = "What the name, the email or the phone begins with")
          @RequestParam(required = false)
          @PlainText
          @Size(min = 1, max = 100) @Nullable String search,
      @Parameter(description = "Whether they have accounts of their own")
          @RequestParam(required = false)
          @Nullable Boolean registered,
      @Parameter(description = "Those who are anonymised instead of the others")
          @RequestParam(defaultValue = "false")
          boolean anonymised,
      PageRequest page,
      Caller.User caller) {
    ListScope scope = ListScope.of(caller, location);
    return clientele.page(new CustomerFilter(scope, search, registered, anonymised), page);
  }

  @Operation(summary = "A customer, from the database")
  @Fails(ProblemType.CUSTOMER_NOT_FOUND)
  @Access({Role.CLIENT, Role.BARBER, Role.OWNER, Role.OPERATOR})
  @GetMapping("/{id}")
  CustomerView find(@PathVariable @Positive long id, Caller.User caller) {
    return clientele.find(caller, id).orThrow(ProblemException::new);
  }

  @Operation(
      summary = "Note a customer before she books",
      description = "Not needed for bookings, which note whom they are for.")
  @Fails({ProblemType.LOCATION_NOT_FOUND, ProblemType.CUSTOMER_EXISTS})
  @Access({Role.BARBER, Role.OWNER, Role.OPERATOR})
  @ResponseStatus(HttpStatus.CREATED)
  @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
  ResponseEntity<Written<CustomerView>> create(
      @RequestBody @Valid NewCustomer wanted, Caller.User caller) {
    Long location = wanted.locationId() == null ? caller.locationId() : wanted.locationId();
    if (location == null) {
      throw new ProblemException(Problem.invalid("locationId", "is missing"));
    }
    Contact contact = new Contact(wanted.name(), wanted.email(), wanted.phone());
    Written<CustomerView> made =
        clientele.create(caller, location, contact).orThrow(ProblemException::new);
    return ResponseEntity.created(URI.create("/api/v1/customers/" + made.value().id())).body(made);
  }

  @Operation(
      summary = "Change a customer's name and addresses",
      description = "What is absent stays. One who has an account keeps her own profile.")
  @Fails({ProblemType.CUSTOMER_NOT_FOUND, ProblemType.CUSTOMER_EXISTS, ProblemType.CUSTOMER_FIXED})
  @Access({Role.BARBER, Role.OWNER, Role.OPERATOR})
  @PatchMapping(path = "/{id}", consumes = MediaType.APPLICATION_JSON_VALUE)
  Written<CustomerView> change(
      @PathVariable @Positive long id,
      @RequestBody @Valid CustomerChange wanted,
      IfMatch expected,
      Caller.User caller) {
    return clientele.change(caller, id, wanted, expected).orThrow(ProblemException::new);
  }

  @Operation(
      summary = "Anonymise a customer",
      description =
          "Name, email, phone and the notes of her appointments are replaced; appointments and"
              + " payments stay. Again changes nothing.")
  @Fails({ProblemType.CUSTOMER_NOT_FOUND, ProblemType.CUSTOMER_EXPECTED})
  @Access({Role.OWNER, Role.OPERATOR})
  @DeleteMapping("/{id}")
  Written<CustomerView> anonymise(
      @PathVariable @Positive long id, IfMatch expected, Caller.User caller) {
    return clientele.anonymise(caller, id, expected).orThrow(ProblemException::new);
  }
}
