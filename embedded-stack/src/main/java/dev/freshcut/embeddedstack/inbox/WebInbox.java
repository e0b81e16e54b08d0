package dev.freshcut.embeddedstack.inbox;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The page for people, and beside it the provider that takes SMS. */
public final class WebInbox implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(WebInbox.class);
  private static final int BACKLOG = 50;
  private static final int MOST_BYTES = 64 * 1024;

  /** A page of elsewhere must not read along by a name of its own for this address. */
  private static final Pattern LOCAL =
      Pattern.compile("(127\\.0\\.0\\.1|localhost|\\[::1])(:\\d+)?", Pattern.CASE_INSENSITIVE);

  private final HttpServer server;
  private final ExecutorService threads;
  private final Pages pages;
  private final SmsApi sms;

  private WebInbox(HttpServer server, Pages pages, SmsApi sms) {
    this.server = server;
    this.threads = Executors.newVirtualThreadPerTaskExecutor();
    this.pages = pages;
    this.sms = sms;
  }

  /**
   * Listens.
   *
   * @param account the only one that may send SMS
   * @param token its password
   * @param smtp where mails are taken, for people to read
   * @throws IOException if the port is taken
   */
  public static WebInbox start(
      InetSocketAddress address, Messages messages, String account, String token, String smtp)
      throws IOException {
    HttpServer server = HttpServer.create(address, BACKLOG);
    WebInbox inbox =
        new WebInbox(server, new Pages(messages, smtp), new SmsApi(messages, account, token));
    server.setExecutor(inbox.threads);
    server.createContext("/", inbox::handle);
    server.start();
    return inbox;
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      Answer answer;
      try {
        answer = answer(exchange);
      } catch (RuntimeException e) {
        log.warn("The inbox could not answer {}", exchange.getRequestURI(), e);
        answer = Answer.text(500, "The inbox has a fault; its log says more.");
      }
      send(exchange, answer);
    }
  }

  private Answer answer(HttpExchange exchange) throws IOException {
    String host = exchange.getRequestHeaders().getFirst("Host");
    if (host == null || !LOCAL.matcher(host).matches()) {
      return Answer.text(421, "Use 127.0.0.1 or localhost.");
    }
    byte[] body = exchange.getRequestBody().readNBytes(MOST_BYTES + 1);
    if (body.length > MOST_BYTES) {
      return Answer.text(413, "At most " + MOST_BYTES + " bytes are taken.");
    }
    String method = exchange.getRequestMethod();
    String path = exchange.getRequestURI().getPath();
    if (path.startsWith(SmsApi.VERSION)) {
      String credentials = exchange.getRequestHeaders().getFirst("Authorization");
      return sms.answer(method, path, credentials, new String(body, UTF_8));
    }
    if (!method.equals("GET") && !method.equals("HEAD")) {
      return Answer.text(405, "There is nothing to change here.").with("Allow", "GET, HEAD");
    }
    return pages.answer(path, exchange.getRequestURI().getQuery());
  }

  private static void send(HttpExchange exchange, Answer answer) throws IOException {
    var headers = exchange.getResponseHeaders();
    answer.headers().forEach(headers::set);
    headers.set("Content-Type", answer.type() + "; charset=utf-8");
    headers.set("Cache-Control", "no-store");
    headers.set("X-Content-Type-Options", "nosniff");
    headers.set("Referrer-Policy", "no-referrer");
    byte[] body = answer.bytes();
    if (exchange.getRequestMethod().equals("HEAD")) {
      exchange.sendResponseHeaders(answer.status(), -1);
      return;
    }
    exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
    exchange.getResponseBody().write(body);
  }
}
