package dev.freshcut.bookingapi.openapi;

import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.parameters.Parameter;
import io.swagger.v3.oas.models.tags.Tag;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.web.method.HandlerMethod;

/** What operations, parameters and tags are called, for generated clients and for readers. */
final class Names {
  /** Handlers' names that say nothing without the thing that is handled. */
  private static final Set<String> VERBS =
      Set.of(
          "add",
          "all",
          "book",
          "cancel",
          "change",
          "complete",
          "confirm",
          "consume",
          "create",
          "delete",
          "find",
          "get",
          "join",
          "leave",
          "list",
          "move",
          "noShow",
          "page",
          "pay",
          "put",
          "read",
          "record",
          "refund",
          "release",
          "remove",
          "replace",
          "set",
          "skip",
          "update");

  private static final Set<String> OF_MANY = Set.of("all", "list", "page");

  private static final Map<String, String> PARAMETERS =
      Map.ofEntries(
          Map.entry("id", "Of the thing itself"),
          Map.entry("locationId", "Of the location"),
          Map.entry("barberId", "Of the barber, who must be the location's"),
          Map.entry("serviceId", "Of the service, which must be the location's"),
          Map.entry("customerId", "Of the customer, who must be the location's"),
          Map.entry("location", "Only those of this location, by its id"),
          Map.entry("barber", "Only those of this barber, by her id"),
          Map.entry("service", "The service's id"),
          Map.entry("customer", "Only those of this customer, by her id"),
          Map.entry("date", "In the location's time zone"),
          Map.entry("from", "First date, in the location's time zone"),
          Map.entry("to", "Last date, in the location's time zone"),
          Map.entry("limit", "Items on the page, at most"),
          Map.entry("status", "Only those of this status"));

  /** Of text whose form no schema can say. */
  private static final Map<String, String> EXAMPLES =
      Map.ofEntries(
          Map.entry("name", "Zoë Martin"),
          Map.entry("label", "Christmas Eve"),
          Map.entry("reason", "Training"),
          Map.entry("note", "Short at the sides"),
          Map.entry("phone", "+33 1 23 45 67 89"),
          Map.entry("password", "correct horse battery staple"),
          Map.entry("currentPassword", "correct horse battery staple"),
          Map.entry("newPassword", "another horse battery staple"));

  private static final Map<String, String> TAGS =
      Map.ofEntries(
          Map.entry("Analytics", "What happened, in figures"),
          Map.entry("Appointments", "To book, move and cancel, and what becomes of them"),
          Map.entry("Audit", "What privileged users have done"),
          Map.entry("Customers", "Who comes to a location"),
          Map.entry("Holds", "To keep a time while the customer makes up her mind"),
          Map.entry("Hours", "When a location is open and barbers work"),
          Map.entry("Locations", "The shops, their barbers and services"),
          Map.entry("Notifications", "What customers are told, and how"),
          Map.entry("Payments", "What was paid, and given back"),
          Map.entry("Schedules", "A barber's days"),
          Map.entry("Series", "Appointments that repeat"),
          Map.entry("Settings", "How far ahead, at what notice and in which steps to book"),
          Map.entry("Slots", "The times that can be booked"),
          Map.entry("Users", "Accounts, logins and staff"),
          Map.entry("Waiting list", "To hear of times that become free"),
          Map.entry("Webhooks", "To have events sent elsewhere"));

  private Names() {}

  /**
   * The name of a client's method: the handler's, with what its controller is of where that alone
   * says nothing. It depends on no other handler, so that it does not change when others come.
   */
  static String operationId(HandlerMethod handler) {
    String name = handler.getMethod().getName();
    if (!VERBS.contains(name)) {
      return name;
    }
    String thing = handler.getBeanType().getSimpleName().replaceFirst("Controller.*", "");
    return (name.equals("noShow") ? "noteNoShowOf" : name)
        + thing
        + (OF_MANY.contains(name) && !thing.endsWith("s") ? "s" : "");
  }

  static void describeParameters(Operation operation) {
    if (operation.getParameters() != null) {
      operation.getParameters().stream()
          .filter(parameter -> parameter.getDescription() == null)
          .forEach(parameter -> parameter.setDescription(description(parameter)));
    }
  }

  private static @Nullable String description(Parameter parameter) {
    String name = parameter.getName();
    if (PARAMETERS.containsKey(name)) {
      return PARAMETERS.get(name);
    }
    String words = name.replaceAll("([A-Z])", " $1").toLowerCase(Locale.ROOT);
    if (name.endsWith("Id")) {
      return "Of the " + words.substring(0, words.length() - " id".length());
    }
    Schema<?> schema = parameter.getSchema();
    if (Boolean.TRUE.equals(parameter.getRequired()) || schema == null) {
      return null;
    }
    if (schema.getEnum() != null) {
      return "Only those of this " + words;
    }
    return "int64".equals(schema.getFormat())
        ? "Only those of this " + words + ", by its id"
        : null;
  }

  static void giveExamples(Schema<?> schema) {
    if (schema.getProperties() != null) {
      schema
          .getProperties()
          .forEach(
              (name, property) -> {
                if (property.getExample() == null && EXAMPLES.containsKey(name)) {
                  property.setExample(EXAMPLES.get(name));
                }
              });
    }
  }

  static List<Tag> tags() {
    return TAGS.entrySet().stream()
        .map(tag -> new Tag().name(tag.getKey()).description(tag.getValue()))
        .toList();
  }
}
