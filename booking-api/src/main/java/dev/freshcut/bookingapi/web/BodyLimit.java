package dev.freshcut.bookingapi.web;

import dev.freshcut.bookingapi.BookingSettings;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Reads each request's body at once, and refuses one that is larger than the limit. Before any
 * filter that might read it; after those of Spring Boot that count requests.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 2)
public final class BodyLimit extends OncePerRequestFilter {
  private static final String BODY = BodyLimit.class.getName();
  private static final byte[] NOTHING = {};

  private final int maxBytes;

  BodyLimit(BookingSettings settings) {
    this.maxBytes = settings.maxBodyBytes();
  }

  /** The bytes of the request's body, which its reader still gets to read. */
  public static byte[] body(HttpServletRequest request) {
    return request.getAttribute(BODY) instanceof byte[] body ? body : NOTHING;
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    if (request.getContentLengthLong() > maxBytes) {
      refuse(response);
      return;
    }
    byte[] body;
    try {
      ServletInputStream sent = request.getInputStream();
      // Most requests have none, and a buffer for it is larger than their answer.
      body = sent.isFinished() ? NOTHING : sent.readNBytes(maxBytes + 1);
    } catch (IOException e) {
      ProblemWriter.write(
          Problem.of(ProblemType.MALFORMED_REQUEST, "The body is broken off."), response);
      return;
    }
    if (body.length > maxBytes) {
      refuse(response);
    } else {
      request.setAttribute(BODY, body);
      chain.doFilter(new BodyRead(request, body), response);
    }
  }

  private void refuse(HttpServletResponse response) throws IOException {
    ProblemWriter.write(
        Problem.of(ProblemType.BODY_TOO_LARGE, "At most %d bytes are read.".formatted(maxBytes)),
        response);
  }

  /** A request whose body has been read. */
  private static final class BodyRead extends HttpServletRequestWrapper {
    private final ByteArrayInputStream body;

    BodyRead(HttpServletRequest request, byte[] body) {
      super(request);
      this.body = new ByteArrayInputStream(body);
    }

    @Override
    public ServletInputStream getInputStream() {
      return new ServletInputStream() {
        @Override
        public int read() {
          return body.read();
        }

        @Override
        public int read(byte[] buffer, int offset, int length) {
          return body.read(buffer, offset, length);
        }

        @Override
        public boolean isFinished() {
          return body.available() == 0;
        }

        @Override
        public boolean isReady() {
          return true;
        }

        @Override
        public void setReadListener(ReadListener listener) {
          throw new IllegalStateException("the body has been read");
        }
      };
    }

    @Override
    public BufferedReader getReader() {
      return new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8));
    }
  }
}
