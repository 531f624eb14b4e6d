package dev.punctual.taskservice.http;

import java.util.List;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;

/** A request that is refused, with the problem document (RFC 9457) that says why. */
public final class ProblemException extends RuntimeException {

  private final transient ProblemDetail problem;
  private final transient HttpHeaders headers = new HttpHeaders();

  public ProblemException(HttpStatus status, String type, String title, String detail) {
    super(detail);
    this.problem = Problems.of(status, type, title, detail);
  }

  /** Nothing of this kind with this id is the user's; whether another has it is not told. */
  public static ProblemException notFound(String what, String id) {
    return new ProblemException(
        HttpStatus.NOT_FOUND,
        "not-found",
        "Not found",
        "You have no " + what + " with the id '" + Shown.of(id) + "'.");
  }

  /** Fields of the body that are wrong; nothing of the request was carried out. */
  public static ProblemException invalidFields(List<FieldError> errors) {
    var problem =
        new ProblemException(
            HttpStatus.UNPROCESSABLE_CONTENT,
            "invalid-fields",
            "Invalid fields",
            "The request has fields that are not valid; nothing was changed.");
    problem.problem.setProperty("errors", errors);
    return problem;
  }

  public static ProblemException invalidField(String field, String message) {
    return invalidFields(List.of(new FieldError(field, message)));
  }

  static ProblemException invalidParameters(List<FieldError> errors) {
    var problem =
        new ProblemException(
            HttpStatus.BAD_REQUEST,
            "invalid-parameters",
            "Invalid query parameters",
            "The request has query parameters that are not valid.");
    problem.problem.setProperty("errors", errors);
    return problem;
  }

  public static ProblemException invalidParameter(String name, String message) {
    return invalidParameters(List.of(new FieldError(name, message)));
  }

  /** The state that the resource is in does not allow it. */
  public static ProblemException conflict(String type, String title, String detail) {
    return new ProblemException(HttpStatus.CONFLICT, type, title, detail);
  }

  static ProblemException badRequest(String type, String title, String detail) {
    return new ProblemException(HttpStatus.BAD_REQUEST, type, title, detail);
  }

  /** Adds a header to the answer. */
  public ProblemException with(String header, String value) {
    headers.set(header, value);
    return this;
  }

  ProblemDetail problem() {
    return problem;
  }

  HttpHeaders headers() {
    return headers;
  }
}
