package dev.freshcut.notificationworker.webhook;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.ManagedHttpClientConnectionFactory;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.routing.RoutingSupport;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/**
 * Posts to addresses that somebody else chose: no redirects, no second attempts, no cookies, no
 * proxies, a bound for everything, and an end after the time-out whatever the other side does.
 */
final class Http implements AutoCloseable {
  /** What came back. */
  sealed interface Answer {
    /**
     * A whole answer.
     *
     * @param retryAfter the header of that name
     */
    record Status(int code, @Nullable String retryAfter) implements Answer {}

    /** The name stands for nothing that may be connected to. */
    record NotPublic() implements Answer {}

    /** Too many names are being looked up: this one was not. */
    record Busy() implements Answer {}

    /**
     * None.
     *
     * @param why without addresses
     */
    record None(String why) implements Answer {}
  }

  /** So much of an answer's body is read, for the connection to be used again. */
  private static final int MOST_BODY = 1_024;

  private static final int LONGEST_LINE = 8_192;
  private static final int MOST_HEADERS = 100;
  private static final TimeValue KEEP = TimeValue.ofMinutes(1);

  private final CloseableHttpClient client;
  private final Duration timeout;

  /** One for each connection, so that the time-out begins when there is one. */
  private final Semaphore free;

  private final ScheduledExecutorService alarm =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("webhook-timeouts").factory());

  Http(Addresses addresses, WebhookSettings settings) {
    this.timeout = settings.timeout();
    this.free = new Semaphore(settings.connections(), true);
    Timeout socket = Timeout.of(settings.timeout());
    this.client =
        HttpClients.custom()
            .setConnectionManager(
                PoolingHttpClientConnectionManagerBuilder.create()
                    .setDnsResolver(addresses)
                    .setMaxConnTotal(settings.connections())
                    .setMaxConnPerRoute(settings.connections())
                    .setConnectionFactory(
                        ManagedHttpClientConnectionFactory.builder()
                            .http1Config(
                                Http1Config.custom()
                                    .setMaxLineLength(LONGEST_LINE)
                                    .setMaxHeaderCount(MOST_HEADERS)
                                    .build())
                            .build())
                    .setDefaultConnectionConfig(
                        ConnectionConfig.custom()
                            .setConnectTimeout(Timeout.of(settings.connectTimeout()))
                            .setSocketTimeout(socket)
                            .setTimeToLive(KEEP)
                            .build())
                    .build())
            .setDefaultRequestConfig(
                RequestConfig.custom()
                    .setConnectionRequestTimeout(socket)
                    .setResponseTimeout(socket)
                    .setRedirectsEnabled(false)
                    .build())
            .setUserAgent("Freshcut-Webhooks/1")
            .disableRedirectHandling()
            .disableAutomaticRetries()
            .disableCookieManagement()
            .disableAuthCaching()
            .disableContentCompression()
            .evictIdleConnections(KEEP)
            .build();
  }

  /** Posts once there is a connection; the time-out is that of the exchange. */
  Answer post(HttpPost request) throws InterruptedException {
    free.acquire();
    try {
      return exchange(request);
    } finally {
      free.release();
    }
  }

  private Answer exchange(HttpPost request) {
    Future<?> end = alarm.schedule(request::cancel, timeout.toMillis(), TimeUnit.MILLISECONDS);
    Answer.Status status = null;
    try (ClassicHttpResponse answer =
        client.executeOpen(RoutingSupport.determineHost(request), request, null)) {
      Header after = answer.getFirstHeader("Retry-After");
      status = new Answer.Status(answer.getCode(), after == null ? null : after.getValue());
      drain(answer, request);
      return status;
    } catch (Addresses.NotPublicException e) {
      return new Answer.NotPublic();
    } catch (BoundedLookup.BusyException e) {
      return new Answer.Busy();
    } catch (IOException | HttpException e) {
      if (status != null) {
        // The rest of the answer broke off, or was not waited for.
        return status;
      }
      return new Answer.None(
          request.isCancelled() ? "it took longer than allowed" : e.getClass().getSimpleName());
    } finally {
      end.cancel(false);
    }
  }

  /**
   * What is read to its end leaves the connection for the next. A connection that brings more is
   * ended at once: closing the answer would read all of it.
   */
  private static void drain(ClassicHttpResponse answer, HttpPost request) {
    if (answer.getEntity() == null) {
      return;
    }
    try {
      if (answer.getEntity().getContent().readNBytes(MOST_BODY).length == MOST_BODY) {
        request.cancel();
      }
    } catch (IOException e) {
      request.cancel();
    }
  }

  @Override
  public void close() {
    alarm.shutdownNow();
    client.close(CloseMode.IMMEDIATE);
  }
}
