package dev.freshcut.notificationworker.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshcut.notificationworker.LocalServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Receivers that do what they should not. */
class HttpTest {
  private static final Http.Answer OK = new Http.Answer.Status(200, null);
  private static final Http.Answer TOO_LONG = new Http.Answer.None("it took longer than allowed");

  private final CountDownLatch ended = new CountDownLatch(1);
  private LocalServer server;

  @BeforeEach
  void start() throws IOException {
    server = new LocalServer();
  }

  @AfterEach
  void stop() {
    ended.countDown();
    server.close();
  }

  @Test
  void endlessAnswersEndAtOnceAndCountByTheirStatus() throws Exception {
    try (Http http = http(Duration.ofSeconds(30))) {
      server.answer(LocalServer.endless(200));
      assertThat(http.post(new HttpPost(server.url()))).isEqualTo(OK);

      server.answer(LocalServer.status(200));
      assertThat(http.post(new HttpPost(server.url()))).as("by another connection").isEqualTo(OK);
    }
  }

  @Test
  void shortAnswersLeaveTheConnection() throws Exception {
    try (Http http = http(Duration.ofSeconds(30))) {
      server.answer(LocalServer.body(200, "thanks"));
      http.post(new HttpPost(server.url()));
      http.post(new HttpPost(server.url()));
    }
    assertThat(server.requests)
        .extracting(LocalServer.Request::client)
        .hasSize(2)
        .containsOnly(server.requests.getFirst().client());
  }

  @Test
  void slowAnswersHaveAnEnd() throws Exception {
    try (Http hasty = http(Duration.ofMillis(300))) {
      server.answer(exchange -> await());
      assertThat(hasty.post(new HttpPost(server.url()))).isInstanceOf(Http.Answer.None.class);
    }
  }

  /** Who waits for one of our connections has not used up the receiver's time. */
  @Test
  void timeBeginsWithAConnection() throws Exception {
    try (Http one = http(Duration.ofSeconds(5), 1);
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      CountDownLatch asked = new CountDownLatch(1);
      server.answer(
          exchange -> {
            asked.countDown();
            await();
          });
      Future<Http.Answer> slow = threads.submit(() -> one.post(new HttpPost(server.url())));
      asked.await();

      server.answer(LocalServer.status(200));
      assertThat(one.post(new HttpPost(server.url()))).isEqualTo(OK);
      assertThat(slow.get()).isInstanceOf(Http.Answer.None.class);
    }
  }

  /** Each byte comes soon enough, the whole answer does not. */
  @Test
  void tricklingAnswersHaveAnEnd() throws Exception {
    try (ServerSocket socket = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        Http hasty = http(Duration.ofMillis(700))) {
      Thread.ofVirtual().start(() -> trickle(socket));
      assertThat(hasty.post(new HttpPost(url(socket)))).isEqualTo(TOO_LONG);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "220 mail.example ESMTP\r\n", "HTTP/1.1 abc\r\n\r\n"})
  void whatIsNoHttpIsNoAnswer(String answer) throws Exception {
    try (ServerSocket socket = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        Http http = http(Duration.ofSeconds(30))) {
      Thread.ofVirtual().start(() -> once(socket, answer));
      assertThat(http.post(new HttpPost(url(socket)))).isInstanceOf(Http.Answer.None.class);
    }
  }

  /** Whoever answers in a name's place must have its certificate. */
  @Test
  void certificateIsChecked() throws Exception {
    try (LocalServer impostor = LocalServer.withUnknownCertificate();
        Http http = http(Duration.ofSeconds(30))) {
      assertThat(http.post(new HttpPost(impostor.url())))
          .isEqualTo(new Http.Answer.None("SSLHandshakeException"));
      assertThat(impostor.requests).isEmpty();
    }
  }

  private void await() {
    try {
      ended.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void trickle(ServerSocket socket) {
    try (Socket client = socket.accept()) {
      client.getOutputStream().write("HTTP/1.1 200 OK\r\nx: ".getBytes(StandardCharsets.US_ASCII));
      while (!ended.await(50, TimeUnit.MILLISECONDS)) {
        client.getOutputStream().write('x');
      }
    } catch (IOException | InterruptedException e) {
      // The client has gone.
    }
  }

  private static void once(ServerSocket socket, String answer) {
    try (Socket client = socket.accept()) {
      client.getInputStream().read();
      client.getOutputStream().write(answer.getBytes(StandardCharsets.US_ASCII));
      client.shutdownOutput();
      client.getInputStream().transferTo(OutputStream.nullOutputStream());
    } catch (IOException e) {
      // The client has gone.
    }
  }

  private static String url(ServerSocket socket) {
    return "http://127.0.0.1:" + socket.getLocalPort();
  }

  private static Http http(Duration timeout) {
    return http(timeout, 16);
  }

  private static Http http(Duration timeout, int connections) {
    return new Http(
        new Addresses(InetAddress::getAllByName, true),
        new WebhookSettings(List.of(), true, Duration.ofSeconds(30), timeout, connections));
  }
}
