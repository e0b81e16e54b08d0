package dev.freshcut.bookingapi.user;

import dev.freshcut.bookingapi.coherence.Written;
import dev.freshcut.bookingapi.security.Access;
import dev.freshcut.bookingapi.security.Caller;
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
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@Tag(name = "Users")
@RestController
@RequestMapping("/api/v1")
class StaffController {
  private final Staff staff;

  StaffController(Staff staff) {
    this.staff = staff;
  }

  @Operation(
      summary =
          "The users who work at the owner's location; for operators, all users; page by page")
  @Access({Role.OWNER, Role.OPERATOR})
  @GetMapping("/users")
  Page<UserView> users(PageRequest page, Caller.User caller) {
    return staff.page(caller, page);
  }

  @Operation(summary = "A user, from the database")
  @Fails(ProblemType.USER_NOT_FOUND)
  @Access({Role.OWNER, Role.OPERATOR})
  @GetMapping("/users/{id}")
  UserView find(@PathVariable @Positive long id, Caller.User caller) {
    return staff.find(caller, id).orThrow(UserRefusal::problem);
  }

  @Operation(summary = "Make an account for somebody who works here")
  @Fails({
    ProblemType.EMAIL_TAKEN,
    ProblemType.LOCATION_NOT_FOUND,
    ProblemType.BARBER_NOT_FOUND,
    ProblemType.TOO_MANY_LOGINS
  })
  @Access({Role.OWNER, Role.OPERATOR})
  @ResponseStatus(HttpStatus.CREATED)
  @PostMapping(path = "/staff", consumes = MediaType.APPLICATION_JSON_VALUE)
  ResponseEntity<Written<UserView>> create(
      @RequestBody @Valid NewStaff wanted, Caller.User caller) {
    Written<UserView> made = staff.create(caller, wanted).orThrow(UserRefusal::problem);
    return ResponseEntity.created(URI.create("/api/v1/users/" + made.value().id())).body(made);
  }

  @Operation(
      summary = "Change a user's role, place of work, password or activity",
      description = "What is absent stays. It is in force from her next request on.")
  @Fails({
    ProblemType.USER_NOT_FOUND,
    ProblemType.OWN_ACCOUNT,
    ProblemType.LOCATION_NOT_FOUND,
    ProblemType.BARBER_NOT_FOUND
  })
  @Access({Role.OWNER, Role.OPERATOR})
  @PatchMapping(path = "/users/{id}", consumes = MediaType.APPLICATION_JSON_VALUE)
  Written<UserView> change(
      @PathVariable @Positive long id,
      @RequestBody @Valid UserChange wanted,
      IfMatch expected,
      Caller.User caller) {
    return staff.change(caller, id, wanted, expected).orThrow(UserRefusal::problem);
  }
}
