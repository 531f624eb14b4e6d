package dev.punctual.taskservice.http;

import java.net.URI;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ProblemDetail;

/** Makes problem documents (RFC 9457). */
final class Problems {

  private Problems() {}

  /**
   * A problem of a kind of our own.
   *
   * @param type what a program can tell it by, such as {@code not-found}
   */
  static ProblemDetail of(HttpStatusCode status, String type, String title, String detail) {
    var problem = ProblemDetail.forStatusAndDetail(status, detail);
    problem.setType(URI.create("urn:punctual:problem:" + type));
    problem.setTitle(title);
    return problem;
  }

  /** A problem that nothing is known about but its status. */
  static ProblemDetail ofStatus(HttpStatus status) {
    var problem = ProblemDetail.forStatusAndDetail(status, detail(status));
    problem.setTitle(status.getReasonPhrase());
    return problem;
  }

  static String detail(HttpStatus status) {
    return switch (status) {
      case BAD_REQUEST ->
          "The request is not one that HTTP allows: look at its path, its headers, how they are encoded, and whether its body is whole.";
      case NOT_FOUND -> "There is nothing at this path.";
      case METHOD_NOT_ALLOWED -> "This method is not possible here.";
      default ->
          status.is5xxServerError()
              ? "The request failed for a reason that the log of the service tells."
              : status.getReasonPhrase() + ".";
    };
  }
}
