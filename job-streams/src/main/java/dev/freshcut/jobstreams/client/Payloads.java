package dev.freshcut.jobstreams.client;

import dev.freshcut.jobstreams.JobRequest;
import dev.freshcut.jobstreams.JobType;
import dev.freshcut.jobstreams.store.NewJob;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.UUID;
import java.util.function.UnaryOperator;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Writes payloads as JSON and reads them again. What a payload has and its record lacks is passed
 * over, and what the record has and its payload lacks is null, so that a field may be added or
 * removed without a new version.
 */
public final class Payloads {
  private static final Payloads DEFAULTS =
      new Payloads(
          JsonMapper.shared()
              .rebuild()
              .disable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
              .build());

  private final JsonMapper json;

  private Payloads(JsonMapper json) {
    this.json = json;
  }

  /** Jackson's own form; a number or truth value that a payload lacks is 0 or false. */
  public static Payloads defaults() {
    return DEFAULTS;
  }

  /**
   * A request as the store takes it; it gets a random id if it has none.
   *
   * @throws IllegalArgumentException if its payload can't be written, or is too large
   */
  public NewJob write(JobRequest<?> request) {
    JobType<?> type = request.type();
    return new NewJob(
        request.id() == null ? UUID.randomUUID().toString() : request.id(),
        request.id() == null,
        type.name(),
        type.version(),
        text(type, request.payload()),
        request.priority(),
        request.runAt(),
        request.deadline(),
        request.group(),
        request.unique(),
        request.window(),
        request.remember(),
        request.retain());
  }

  /**
   * A payload of this or an earlier version.
   *
   * @param upgrades by version, what makes the next version's payload out of one; a version without
   *     is read as it is
   * @throws IllegalArgumentException if it is not one; the message quotes none of its values
   */
  public <P> P read(
      JobType<P> type,
      int version,
      String payload,
      Map<Integer, UnaryOperator<JsonNode>> upgrades) {
    try {
      if (version == type.version()) {
        return json.readValue(payload, type.payload());
      }
      JsonNode node = json.readTree(payload);
      for (int older = version; older < type.version(); older++) {
        node = upgrades.getOrDefault(older, UnaryOperator.identity()).apply(node);
      }
      return json.treeToValue(node, type.payload());
    } catch (RuntimeException e) {
      // Messages of readers and upgrades quote what they could not read.
      String where = e instanceof JacksonException bad ? " at " + bad.getPathReference() : "";
      throw new IllegalArgumentException(
          "payload of job type "
              + type.name()
              + " is unreadable: "
              + e.getClass().getSimpleName()
              + where,
          e);
    }
  }

  private String text(JobType<?> type, Object payload) {
    String text;
    try {
      text = json.writeValueAsString(payload);
    } catch (JacksonException e) {
      throw new IllegalArgumentException(
          "payload of job type " + type.name() + " can't be written as JSON", e);
    }
    int bytes = text.getBytes(StandardCharsets.UTF_8).length;
    if (bytes > NewJob.LARGEST_PAYLOAD) {
      throw new IllegalArgumentException(
          "payload of job type "
              + type.name()
              + " has "
              + bytes
              + " bytes: at most "
              + NewJob.LARGEST_PAYLOAD
              + "; keep the data elsewhere and give the job its id");
    }
    return text;
  }
}
