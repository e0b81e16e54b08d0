package dev.freshcut.embeddedstack.inbox;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLDecoder;
import java.security.MessageDigest;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * Takes SMS as Twilio's Programmable Messaging does ({@code POST
 * /2010-04-01/Accounts/{sid}/Messages.json}), with its answers and error codes.
 */
final class SmsApi {
  static final String VERSION = "/2010-04-01/";

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final int MOST_CHARACTERS = 1_600;

  private final Messages messages;
  private final String account;
  private final String path;
  private final byte[] authorization;

  SmsApi(Messages messages, String account, String token) {
    this.messages = messages;
    this.account = account;
    this.path = VERSION + "Accounts/" + account + "/Messages.json";
    this.authorization =
        ("Basic " + Base64.getEncoder().encodeToString((account + ":" + token).getBytes(UTF_8)))
            .getBytes(UTF_8);
  }

  Answer answer(String method, String requested, @Nullable String credentials, String body) {
    if (credentials == null || !MessageDigest.isEqual(credentials.getBytes(UTF_8), authorization)) {
      return refused(401, 20003, "Authenticate")
          .with("WWW-Authenticate", "Basic realm=\"Twilio API\"");
    }
    if (!requested.equals(path)) {
      return refused(404, 20404, "The requested resource " + requested + " was not found");
    }
    if (!method.equals("POST")) {
      return refused(405, 20004, "Method not allowed").with("Allow", "POST");
    }
    return take(form(body));
  }

  private Answer take(Map<String, String> form) {
    String to = form.getOrDefault("To", "");
    String from = form.getOrDefault("From", form.getOrDefault("MessagingServiceSid", ""));
    String body = form.getOrDefault("Body", "");
    if (to.isEmpty()) {
      return refused(400, 21604, "A 'To' phone number is required.");
    }
    if (from.isEmpty()) {
      return refused(400, 21603, "A 'From' phone number is required.");
    }
    if (body.isEmpty()) {
      return refused(400, 21602, "Message body is required.");
    }
    if (body.length() > MOST_CHARACTERS) {
      return refused(400, 21617, "The concatenated message body exceeds the 1600 character limit.");
    }
    if (!to.matches("\\+[1-9]\\d{6,14}")) {
      return refused(400, 21211, "Invalid 'To' Phone Number: " + to);
    }
    String sid = "SM" + UUID.randomUUID().toString().replace("-", "");
    Sms sms = messages.addSms((id, at) -> new Sms(id, at, sid, from, to, body, Segments.of(body)));
    return Answer.json(201, JSON.writeValueAsString(resource(sms)));
  }

  private Map<String, @Nullable Object> resource(Sms sms) {
    String date = DateTimeFormatter.RFC_1123_DATE_TIME.format(sms.at().atOffset(ZoneOffset.UTC));
    String uri = VERSION + "Accounts/" + account + "/Messages/" + sms.sid();
    boolean service = sms.from().startsWith("MG");
    Map<String, @Nullable Object> resource = new LinkedHashMap<>();
    resource.put("sid", sms.sid());
    resource.put("account_sid", account);
    resource.put("messaging_service_sid", service ? sms.from() : null);
    resource.put("from", service ? null : sms.from());
    resource.put("to", sms.to());
    resource.put("body", sms.body());
    resource.put("status", service ? "accepted" : "queued");
    resource.put("direction", "outbound-api");
    resource.put("num_segments", Integer.toString(sms.segments()));
    resource.put("num_media", "0");
    resource.put("date_created", date);
    resource.put("date_updated", date);
    resource.put("date_sent", null);
    resource.put("error_code", null);
    resource.put("error_message", null);
    resource.put("price", null);
    resource.put("price_unit", "USD");
    resource.put("api_version", "2010-04-01");
    resource.put("uri", uri + ".json");
    resource.put("subresource_uris", Map.of("media", uri + "/Media.json"));
    return resource;
  }

  static Answer refused(int status, int code, String message) {
    Map<String, Object> error = new LinkedHashMap<>();
    error.put("code", code);
    error.put("message", message);
    error.put("more_info", "https://www.twilio.com/docs/errors/" + code);
    error.put("status", status);
    return Answer.json(status, JSON.writeValueAsString(error));
  }

  /** Of several with one name the last; what is no form has no fields. */
  private static Map<String, String> form(String body) {
    Map<String, String> fields = new HashMap<>();
    for (String pair : body.split("&", -1)) {
      int equals = pair.indexOf('=');
      if (equals > 0) {
        try {
          fields.put(
              URLDecoder.decode(pair.substring(0, equals), UTF_8),
              URLDecoder.decode(pair.substring(equals + 1), UTF_8));
        } catch (IllegalArgumentException e) {
          fields.remove(pair.substring(0, equals));
        }
      }
    }
    return fields;
  }
}
