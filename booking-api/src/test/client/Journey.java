import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import generated.ApiClient;
import generated.ApiException;
import generated.ApiResponse;
import generated.api.AppointmentsApi;
import generated.api.AppointmentsApi.APICancelAppointmentRequest;
import generated.api.AppointmentsApi.APICreateAppointmentRequest;
import generated.api.AppointmentsApi.APIFindAppointmentRequest;
import generated.api.AppointmentsApi.APIListAppointmentsRequest;
import generated.api.AppointmentsApi.APIMoveAppointmentRequest;
import generated.api.HoldsApi;
import generated.api.HoldsApi.APIConsumeHoldRequest;
import generated.api.HoldsApi.APICreateHoldRequest;
import generated.api.LocationsApi;
import generated.api.LocationsApi.APIServicesRequest;
import generated.api.SlotsApi;
import generated.api.SlotsApi.APISlotsRequest;
import generated.api.UsersApi;
import generated.api.UsersApi.APILoginRequest;
import generated.api.UsersApi.APIMeRequest;
import generated.api.UsersApi.APIRegisterRequest;
import generated.model.AccessToken;
import generated.model.AppointmentView;
import generated.model.HeldAppointment;
import generated.model.HoldView;
import generated.model.Login;
import generated.model.Move;
import generated.model.NewAppointment;
import generated.model.NewHold;
import generated.model.Problem;
import generated.model.Registration;
import generated.model.Slot;
import generated.model.UserView;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/**
 * What a client does, through the client that was generated from the service's own description.
 * Compiled and run by GeneratedClientIT; an answer with a member that is not described fails it.
 */
public final class Journey {
  private static final String PASSWORD = "correct horse battery staple";

  private final ApiClient client = new ApiClient();
  private final ObjectMapper json;
  private final UsersApi users;
  private final LocationsApi locations;
  private final SlotsApi slots;
  private final HoldsApi holds;
  private final AppointmentsApi appointments;
  private String token = "";

  private Journey(String address) {
    client.updateBaseUri(address);
    client.setObjectMapper(
        ApiClient.createDefaultObjectMapper()
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES));
    client.setRequestInterceptor(
        request -> {
          if (!token.isEmpty()) {
            request.header("Authorization", "Bearer " + token);
          }
        });
    json = client.getObjectMapper();
    users = new UsersApi(client);
    locations = new LocationsApi(client);
    slots = new SlotsApi(client);
    holds = new HoldsApi(client);
    appointments = new AppointmentsApi(client);
  }

  /** Goes through it, at a location that somebody has prepared. */
  public static void run(String address, long location, LocalDate day) throws Exception {
    new Journey(address).run(location, day);
  }

  private void run(long location, LocalDate day) throws Exception {
    login();
    long service =
        locations
            .services(APIServicesRequest.newBuilder().locationId(location).build())
            .getFirst()
            .getId();
    List<Slot> free = free(location, service, day);
    assertThat(free).hasSizeGreaterThan(3);

    AppointmentView held = hold(location, service, free.get(0));
    AppointmentView booked = book(location, service, free.get(1));
    refused(location, service, booked);
    list(day, held, booked);
    move(booked, free.get(2));
    cancel(held);
  }

  private void login() throws Exception {
    String email = UUID.randomUUID() + "@example.org";
    UserView me =
        users.register(
            APIRegisterRequest.newBuilder()
                .registration(
                    new Registration().name("Zoë").email(email).password(PASSWORD).language("fr"))
                .build());
    AccessToken access =
        users.login(
            APILoginRequest.newBuilder().login(new Login().email(email).password(PASSWORD)).build());
    assertThat(access.getTokenType()).isEqualTo("Bearer");
    token = access.getAccessToken();

    UserView read = users.me(APIMeRequest.newBuilder().build());
    assertThat(read).isEqualTo(me);
    assertThat(read.getRole()).isEqualTo(UserView.RoleEnum.CLIENT);
    assertThat(read.getLanguage()).isEqualTo("fr");
  }

  private List<Slot> free(long location, long service, LocalDate day) throws Exception {
    return slots
        .slots(
            APISlotsRequest.newBuilder()
                .locationId(location)
                .service(service)
                .date(day)
                .barber("any")
                .build())
        .getSlots();
  }

  private AppointmentView hold(long location, long service, Slot slot) throws Exception {
    HoldView hold =
        holds.createHold(
            APICreateHoldRequest.newBuilder()
                .newHold(
                    new NewHold()
                        .locationId(location)
                        .serviceId(service)
                        .barberId(slot.getBarberIds().getFirst())
                        .startsAt(slot.getStartsAt()))
                .build());
    assertThat(hold.getExpiresAt()).isNotNull();
    AppointmentView made =
        holds.consumeHold(
            APIConsumeHoldRequest.newBuilder()
                .id(hold.getId())
                .heldAppointment(new HeldAppointment())
                .build());
    assertThat(made.getId()).isEqualTo(hold.getId());
    return made;
  }

  private AppointmentView book(long location, long service, Slot slot) throws Exception {
    APICreateAppointmentRequest wanted =
        APICreateAppointmentRequest.newBuilder()
            .newAppointment(
                new NewAppointment()
                    .locationId(location)
                    .serviceId(service)
                    .startsAt(slot.getStartsAt()))
            .idempotencyKey(UUID.randomUUID().toString())
            .build();
    ApiResponse<AppointmentView> first = appointments.createAppointmentWithHttpInfo(wanted);
    ApiResponse<AppointmentView> again = appointments.createAppointmentWithHttpInfo(wanted);

    assertThat(first.getStatusCode()).isEqualTo(201);
    assertThat(again.getData()).isEqualTo(first.getData());
    assertThat(header(again, "Idempotency-Replayed")).isEqualTo("true");
    AppointmentView made = first.getData();
    assertThat(made.getStatus()).isEqualTo(AppointmentView.StatusEnum.CONFIRMED);
    assertThat(made.getStartsAt()).isEqualTo(slot.getStartsAt());
    assertThat(made.getPriceMinor()).isEqualTo(2500);
    assertThat(made.getCurrency()).isEqualTo("EUR");
    return made;
  }

  private void refused(long location, long service, AppointmentView taken) throws Exception {
    Problem problem =
        problem(
            409,
            () ->
                appointments.createAppointment(
                    APICreateAppointmentRequest.newBuilder()
                        .newAppointment(
                            new NewAppointment()
                                .locationId(location)
                                .serviceId(service)
                                .barberId(taken.getBarberId())
                                .startsAt(taken.getStartsAt()))
                        .build()));
    assertThat(problem.getCode()).isEqualTo("slot-taken");
    assertThat(problem.getAlternatives()).isNotEmpty();
    assertThat(problem.getAlternatives().getFirst().getBarberIds()).isNotEmpty();
  }

  private void list(LocalDate day, AppointmentView... mine) throws Exception {
    assertThat(
            appointments
                .listAppointments(APIListAppointmentsRequest.newBuilder().limit(10).build())
                .getItems())
        .containsExactly(mine);
  }

  private void move(AppointmentView booked, Slot slot) throws Exception {
    ApiResponse<AppointmentView> seen =
        appointments.findAppointmentWithHttpInfo(
            APIFindAppointmentRequest.newBuilder().id(booked.getId()).build());
    APIMoveAppointmentRequest move =
        APIMoveAppointmentRequest.newBuilder()
            .id(booked.getId())
            .move(new Move().startsAt(slot.getStartsAt()))
            .ifMatch(header(seen, "ETag"))
            .build();

    AppointmentView moved = appointments.moveAppointment(move);
    assertThat(moved.getStartsAt()).isEqualTo(slot.getStartsAt());
    assertThat(moved.getVersion()).isGreaterThan(booked.getVersion());
    assertThat(problem(412, () -> appointments.moveAppointment(move)).getCode())
        .isEqualTo("precondition-failed");
  }

  private void cancel(AppointmentView booked) throws Exception {
    AppointmentView cancelled =
        appointments.cancelAppointment(
            APICancelAppointmentRequest.newBuilder()
                .id(booked.getId())
                .idempotencyKey(UUID.randomUUID().toString())
                .build());
    assertThat(cancelled.getStatus()).isEqualTo(AppointmentView.StatusEnum.CANCELLED);
    assertThat(cancelled.getCancelledBy()).isEqualTo(AppointmentView.CancelledByEnum.CLIENT);
  }

  private Problem problem(int status, ThrowingCallable call) throws Exception {
    ApiException failure = catchThrowableOfType(ApiException.class, call);
    assertThat(failure.getCode()).isEqualTo(status);
    Problem problem = json.readValue(failure.getResponseBody(), Problem.class);
    assertThat(problem.getStatus()).isEqualTo(status);
    return problem;
  }

  private static String header(ApiResponse<?> response, String name) {
    return response.getHeaders().entrySet().stream()
        .filter(header -> header.getKey().equalsIgnoreCase(name))
        .findFirst()
        .orElseThrow()
        .getValue()
        .getFirst();
  }
}
