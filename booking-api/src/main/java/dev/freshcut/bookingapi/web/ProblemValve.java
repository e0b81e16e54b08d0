package dev.freshcut.bookingapi.web;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.apache.coyote.ActionCode;
import org.jspecify.annotations.Nullable;

/**
 * Answers what Tomcat refuses before any filter, such as a malformed request line. Named by class
 * in Tomcat's configuration, therefore public.
 */
public final class ProblemValve extends ErrorReportValve {
  @Override
  protected void report(Request request, Response response, @Nullable Throwable failure) {
    AtomicBoolean connected = new AtomicBoolean();
    response.getCoyoteResponse().action(ActionCode.IS_IO_ALLOWED, connected);
    if (response.getStatus() < 400
        || response.getContentWritten() > 0
        || !connected.get()
        || !response.setErrorReported()) {
      return;
    }
    try {
      // No filter has seen the request.
      BrowserHeaders.set(response.getResponse(), BrowserHeaders.NOTHING_TO_LOAD);
      ProblemWriter.write(ProblemHandler.ofStatus(response.getStatus()), response.getResponse());
      response.finishResponse();
    } catch (IOException e) {
      container.getLogger().debug("the client has gone", e);
    }
  }
}
