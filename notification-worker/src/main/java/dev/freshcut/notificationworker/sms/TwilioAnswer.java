package dev.freshcut.notificationworker.sms;

import dev.freshcut.notificationworker.sending.SendResult;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What an answer of Twilio's interface means, by its status and the code in its body
 * (https://www.twilio.com/docs/api/errors).
 */
final class TwilioAnswer {
  /** How long a provider that has enough is left alone, unless it says. */
  static final Duration PAUSE = Duration.ofSeconds(30);

  private static final JsonMapper JSON = new JsonMapper();

  private TwilioAnswer() {}

  /**
   * The result.
   *
   * @param body the answer's beginning
   * @param retryAfter what it says of when to come again
   */
  static SendResult result(int status, String body, @Nullable Duration retryAfter) {
    JsonNode json = json(body);
    if (status == 200 || status == 201) {
      String id = json.path("sid").asString("");
      // Whoever answers without an id is not the provider: a proxy, or a captive portal.
      return id.isEmpty()
          ? new SendResult.Down("the SMS provider's answer has no id of the message")
          : new SendResult.Sent(id);
    }
    int code = json.path("code").asInt(0);
    String reason = "the SMS provider said " + status + (code == 0 ? "" : " (" + code + ")");
    if (status == 429 || code == 20429 || code == 30001) {
      return new SendResult.Throttled(reason, retryAfter == null ? PAUSE : retryAfter);
    }
    if (status >= 500) {
      return retryAfter == null
          ? new SendResult.Down(reason)
          : new SendResult.Throttled(reason, retryAfter);
    }
    return byCode(code, status, reason);
  }

  private static SendResult byCode(int code, int status, String reason) {
    return switch (code) {
      // Login refused, account suspended or without credit, the sender's number not ours: it is the
      // same for every message until somebody mends it.
      case 20003, 20005, 20008, 21603, 21606, 21659, 21660, 21703, 21705, 30002 ->
          new SendResult.Down(reason + ": see freshcut.notifications.sms");
      // The number is no mobile's, or unreachable for good; its owner said stop; not allowed there.
      case 21211,
          21214,
          21217,
          21265,
          21401,
          21407,
          21408,
          21421,
          21604,
          21610,
          21612,
          21614,
          21617,
          30004,
          30005,
          30006,
          30007 ->
          new SendResult.Permanent(reason);
      // The queue of the sender's number is full; the phone is off, or it went wrong on the way.
      case 21611 -> new SendResult.Throttled(reason, PAUSE);
      case 30003, 30008, 30009, 30010 -> new SendResult.Temporary(reason);
      default -> byStatus(status, reason);
    };
  }

  private static SendResult byStatus(int status, String reason) {
    return switch (status) {
      case 401, 403, 404 -> new SendResult.Down(reason + ": see freshcut.notifications.sms");
      case 408, 409, 425 -> new SendResult.Temporary(reason);
      default ->
          status >= 400
              ? new SendResult.Permanent(reason)
              : new SendResult.Down(reason + ", which is no answer of the interface");
    };
  }

  private static JsonNode json(String body) {
    try {
      JsonNode json = JSON.readTree(body);
      return json == null ? JSON.createObjectNode() : json;
    } catch (JacksonException e) {
      return JSON.createObjectNode();
    }
  }
}
