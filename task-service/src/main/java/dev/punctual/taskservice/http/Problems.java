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

  /** A problem that its status says all about. */
  static ProblemDetail ofStatus(HttpStatus status) {
    var problem = ProblemDetail.forStatus(status);
    problem.setTitle(status.getReasonPhrase());
    return problem;
  }
}
