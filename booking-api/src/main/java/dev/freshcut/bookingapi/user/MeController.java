package dev.freshcut.bookingapi.user;

import dev.freshcut.bookingapi.coherence.Written;
import dev.freshcut.bookingapi.idempotency.NeverStored;
import dev.freshcut.bookingapi.ratelimit.Limited;
import dev.freshcut.bookingapi.ratelimit.Resource;
import dev.freshcut.bookingapi.security.Access;
import dev.freshcut.bookingapi.security.Caller;
import dev.freshcut.bookingapi.security.PublicAccess;
import dev.freshcut.bookingapi.security.Role;
import dev.freshcut.bookingapi.web.Fails;
import dev.freshcut.bookingapi.web.IfMatch;
import dev.freshcut.bookingapi.web.ProblemType;
import dev.freshcut.coherentcache.Answer;
import dev.freshcut.coherentcache.Consistency;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import java.net.URI;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@Tag(name = "Users")
@RestController
@RequestMapping("/api/v1")
class MeController {
  private final Users users;
  private final CachedUsers cached;

  MeController(Users users, CachedUsers cached) {
    this.users = users;
    this.cached = cached;
  }

  @Operation(
      summary = "Register as a client",
      description = "Not there (404) where users log in at an OpenID Connect issuer.")
  @Fails({ProblemType.EMAIL_TAKEN, ProblemType.NOT_FOUND, ProblemType.TOO_MANY_LOGINS})
  @PublicAccess
  @Limited(Resource.AUTHENTICATION)
  @ResponseStatus(HttpStatus.CREATED)
  @PostMapping(path = "/users", consumes = MediaType.APPLICATION_JSON_VALUE)
  ResponseEntity<Written<UserView>> register(@RequestBody @Valid Registration wanted) {
    return ResponseEntity.created(URI.create("/api/v1/me"))
        .body(users.register(wanted).orThrow(UserRefusal::problem));
  }

  @Operation(summary = "The caller's account and profile")
  @Access({Role.CLIENT, Role.BARBER, Role.OWNER, Role.OPERATOR})
  @GetMapping("/me")
  Answer<UserView> me(Caller.User caller, Consistency consistency) {
    return cached.get(caller.id(), consistency).map(UserRow::view);
  }

  @Operation(summary = "Change the caller's profile", description = "What is absent stays.")
  @Access({Role.CLIENT, Role.BARBER, Role.OWNER, Role.OPERATOR})
  @PatchMapping(path = "/me", consumes = MediaType.APPLICATION_JSON_VALUE)
  Written<UserView> change(
      @RequestBody @Valid ProfileChange wanted, IfMatch expected, Caller.User caller) {
    return users.change(caller, wanted, expected).orThrow(UserRefusal::problem);
  }

  @Operation(
      summary = "Change the caller's password",
      description = "Voids every token of hers; the answer has a new one.")
  @Fails({ProblemType.NOT_FOUND, ProblemType.TOO_MANY_LOGINS})
  @Access({Role.CLIENT, Role.BARBER, Role.OWNER, Role.OPERATOR})
  @Limited(Resource.AUTHENTICATION)
  @NeverStored
  @PostMapping(path = "/me/password", consumes = MediaType.APPLICATION_JSON_VALUE)
  Written<AccessToken> changePassword(
      @RequestBody @Valid PasswordChange wanted, Caller.User caller) {
    return users.changePassword(caller, wanted).orThrow(UserRefusal::problem);
  }
}
