package dev.punctual.taskservice.http;

import org.apache.tomcat.util.http.InvalidParameterException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.jdbc.UncategorizedSQLException;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.transaction.TransactionSystemException;
import org.springframework.web.HttpMediaTypeNotSupportedException;
import org.springframework.web.HttpRequestMethodNotSupportedException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;
import org.springframework.web.util.DisconnectedClientHelper;

/** Answers every exception with a problem document (RFC 9457). */
@RestControllerAdvice
class ProblemHandler extends ResponseEntityExceptionHandler {

  private static final Logger log = LoggerFactory.getLogger(ProblemHandler.class);

  @ExceptionHandler
  ResponseEntity<ProblemDetail> refused(ProblemException e) {
    return ResponseEntity.status(e.problem().getStatus()).headers(e.headers()).body(e.problem());
  }

  /** The database is away, overloaded, or broke a tie between two writes: worth another attempt. */
  @ExceptionHandler({
    CannotCreateTransactionException.class,
    TransactionSystemException.class,
    DataAccessResourceFailureException.class,
    TransientDataAccessException.class
  })
  ResponseEntity<ProblemDetail> unavailable(Exception e) {
    log.warn(
        "A request is refused with 503, because the database could not serve it: {}", e.toString());
    return ResponseEntity.status(HttpStatus.SERVICE_UNAVAILABLE)
        .header(HttpHeaders.RETRY_AFTER, "1")
        .body(
            Problems.of(
                HttpStatus.SERVICE_UNAVAILABLE,
                "database-unavailable",
                "Database unavailable",
                "The database cannot serve the request now; repeat it in a moment."));
  }

  @ExceptionHandler
  ResponseEntity<ProblemDetail> sql(UncategorizedSQLException e) {
    var sql = e.getSQLException();
    // Somebody held a row for longer than lock_timeout.
    return sql != null && "55P03".equals(sql.getSQLState()) ? unavailable(e) : unexpected(e);
  }

  /** Two requests met in a way that only a constraint of the database noticed. */
  @ExceptionHandler
  ResponseEntity<ProblemDetail> conflict(DataIntegrityViolationException e) {
    log.warn("A request is refused with 409, because a constraint of the database forbids it", e);
    return ResponseEntity.status(HttpStatus.CONFLICT)
        .body(
            Problems.of(
                HttpStatus.CONFLICT,
                "conflict",
                "Conflict",
                "The change contradicts another that was made meanwhile; read again and repeat it."));
  }

  @ExceptionHandler
  ResponseEntity<ProblemDetail> malformedQuery(InvalidParameterException e) {
    return ResponseEntity.badRequest()
        .body(
            Problems.of(
                HttpStatus.BAD_REQUEST,
                "malformed-query",
                "Malformed query",
                "The query string must be UTF-8, percent-encoded."));
  }

  @ExceptionHandler
  ResponseEntity<ProblemDetail> unexpected(Exception e) {
    if (DisconnectedClientHelper.isClientDisconnectedException(e)) {
      log.debug("A request was carried out, but its client did not wait for the answer", e);
      return ResponseEntity.internalServerError().build();
    }
    log.error("A request failed for a reason that nobody foresaw; answered with 500", e);
    return ResponseEntity.internalServerError()
        .body(Problems.ofStatus(HttpStatus.INTERNAL_SERVER_ERROR));
  }

  @Override
  protected @Nullable ResponseEntity<Object> handleExceptionInternal(
      Exception e,
      @Nullable Object body,
      HttpHeaders headers,
      HttpStatusCode status,
      WebRequest request) {
    return super.handleExceptionInternal(e, explained(e, body, headers), headers, status, request);
  }

  /** What the framework refuses by itself says what would be right, as our own problems do. */
  private static @Nullable Object explained(
      Exception e, @Nullable Object body, HttpHeaders headers) {
    if (e instanceof HttpMediaTypeNotSupportedException) {
      return Problems.of(
          HttpStatus.UNSUPPORTED_MEDIA_TYPE,
          "unsupported-media-type",
          "Unsupported media type",
          "The body must be JSON: send Content-Type: application/json.");
    }
    if (e instanceof HttpRequestMethodNotSupportedException refused) {
      return Problems.of(
          HttpStatus.METHOD_NOT_ALLOWED,
          "method-not-allowed",
          "Method not allowed",
          "%s is not possible here; send one of %s."
              .formatted(refused.getMethod(), headers.getAllow()));
    }
    return body;
  }
}
