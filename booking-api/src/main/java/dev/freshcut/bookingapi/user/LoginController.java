package dev.freshcut.bookingapi.user;

import dev.freshcut.bookingapi.idempotency.NeverStored;
import dev.freshcut.bookingapi.ratelimit.Limited;
import dev.freshcut.bookingapi.ratelimit.Resource;
import dev.freshcut.bookingapi.security.PublicAccess;
import dev.freshcut.bookingapi.user.Logins.Outcome;
import dev.freshcut.bookingapi.web.Fails;
import dev.freshcut.bookingapi.web.ProblemException;
import dev.freshcut.bookingapi.web.ProblemType;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.validation.Valid;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@Tag(name = "Users")
@RestController
@RequestMapping("/api/v1/login")
class LoginController {
  private final Logins logins;

  LoginController(Logins logins) {
    this.logins = logins;
  }

  @Operation(
      summary = "Log in",
      description = "Not there (404) where users log in at an OpenID Connect issuer.")
  @Fails({ProblemType.LOGIN_FAILED, ProblemType.TOO_MANY_LOGINS, ProblemType.NOT_FOUND})
  @PublicAccess
  @Limited(Resource.AUTHENTICATION)
  @NeverStored
  @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
  AccessToken login(@RequestBody @Valid Login login, HttpServletRequest request) {
    return switch (logins.login(login, request.getRemoteAddr())) {
      case Outcome.Success success -> AccessToken.of(success.token());
      case Outcome.Failure failure ->
          throw new ProblemException(ProblemType.LOGIN_FAILED, "Check email and password.");
      case Outcome.TooMany tooMany -> throw new UserRefusal.TooManyTries(tooMany.pause()).problem();
      case Outcome.Closed closed ->
          throw new ProblemException(
              ProblemType.NOT_FOUND, "Users of this service log in at its issuer.");
    };
  }
}
