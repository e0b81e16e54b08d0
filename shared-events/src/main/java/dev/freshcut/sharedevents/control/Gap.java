package dev.freshcut.sharedevents.control;

import java.io.ByteArrayOutputStream;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/**
 * The change stream has a hole: changes of transactions up to {@link #xid} may never be delivered.
 *
 * <p>The change connector sends it on the control topic, under the key {@link #KEY}, after a
 * replication slot had to be created anew and before it streams from the new slot. Whoever derives
 * state from the stream must treat everything derived from transactions up to {@code xid} as
 * unknown. It may be delivered more than once.
 *
 * @param xid 64-bit Postgres transaction id; no transaction that the stream missed has a higher
 *     one; not negative
 * @param reason why, for people; at most {@value #MAX_REASON_LENGTH} characters, the rest is cut
 */
public record Gap(long xid, String reason) {
  /** The record key on the control topic. */
  public static final String KEY = "gap";

  /** Longest {@link #reason}, in characters. */
  public static final int MAX_REASON_LENGTH = 1_000;

  private static final String TYPE = "gap";
  private static final JsonFactory JSON = new JsonFactory();

  /**
   * Checks the xid and cuts the reason.
   *
   * @throws IllegalArgumentException if {@code xid} is negative
   */
  public Gap {
    Objects.requireNonNull(reason, "reason");
    if (xid < 0) {
      throw new IllegalArgumentException("xid is negative: " + xid);
    }
    if (reason.length() > MAX_REASON_LENGTH) {
      reason = reason.substring(0, MAX_REASON_LENGTH);
    }
  }

  /** The record value on the control topic: {@code {"type":"gap","xid":…,"reason":"…"}}, UTF-8. */
  public byte[] toJson() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), out)) {
      json.writeStartObject();
      json.writeStringProperty("type", TYPE);
      json.writeNumberProperty("xid", xid);
      json.writeStringProperty("reason", reason);
      json.writeEndObject();
    }
    return out.toByteArray();
  }

  /**
   * Reads a value of the control topic; properties that it does not know are ignored.
   *
   * @return the gap, or empty if the message is of another type
   * @throws IllegalArgumentException if the value is not a control message, or a gap without a
   *     valid xid; a careful consumer assumes the worst of it
   */
  public static Optional<Gap> parse(byte[] value) {
    try (JsonParser json = JSON.createParser(ObjectReadContext.empty(), value)) {
      return parse(json);
    } catch (JacksonException e) {
      throw new IllegalArgumentException("not a control message: " + e.getOriginalMessage(), e);
    }
  }

  private static Optional<Gap> parse(JsonParser json) {
    if (json.nextToken() != JsonToken.START_OBJECT) {
      throw new IllegalArgumentException("not a control message: not a JSON object");
    }
    String type = null;
    String reason = null;
    Long xid = null;
    while (json.nextToken() == JsonToken.PROPERTY_NAME) {
      String property = json.currentName();
      JsonToken token = json.nextToken();
      switch (property) {
        case "type" -> type = text(json, token);
        case "reason" -> reason = text(json, token);
        case "xid" -> xid = token == JsonToken.VALUE_NUMBER_INT ? json.getLongValue() : null;
        default -> json.skipChildren();
      }
    }
    if (json.nextToken() != null) {
      throw new IllegalArgumentException("not a control message: more than one JSON value");
    }
    if (type == null) {
      throw new IllegalArgumentException("not a control message: no type");
    }
    if (!type.equals(TYPE)) {
      return Optional.empty();
    }
    if (xid == null || xid < 0) {
      throw new IllegalArgumentException("a gap without a valid xid");
    }
    return Optional.of(new Gap(xid, reason == null ? "" : reason));
  }

  private static @Nullable String text(JsonParser json, JsonToken token) {
    if (token == JsonToken.VALUE_STRING) {
      return json.getString();
    }
    json.skipChildren();
    return null;
  }
}
