package dev.punctual.taskservice.http;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;

/** Answers what Tomcat itself refuses, before any filter, with a problem document too. */
public final class ProblemValve extends ErrorReportValve {

  @Override
  protected void report(Request request, Response response, @Nullable Throwable failure) {
    var status = HttpStatus.resolve(response.getStatus());
    if (status == null
        || !status.isError()
        || response.getContentWritten() > 0
        || !response.setErrorReported()) {
      return;
    }
    try {
      response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
      response
          .getOutputStream()
          .write(
              "{\"title\": \"%s\", \"status\": %d, \"detail\": \"%s\"}"
                  .formatted(status.getReasonPhrase(), status.value(), Problems.detail(status))
                  .getBytes(StandardCharsets.UTF_8));
      response.finishResponse();
    } catch (IOException e) {
      // The client is gone; nobody is left to tell.
    }
  }
}
