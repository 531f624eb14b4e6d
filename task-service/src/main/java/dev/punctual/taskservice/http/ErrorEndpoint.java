package dev.punctual.taskservice.http;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Where the server sends requests that failed before or outside of our methods. */
@RestController
class ErrorEndpoint implements ErrorController {

  @RequestMapping("/error")
  ResponseEntity<ProblemDetail> error(HttpServletRequest request) {
    var code = request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE);
    var status = code instanceof Integer number ? HttpStatus.resolve(number) : HttpStatus.NOT_FOUND;
    return ResponseEntity.status(status == null ? HttpStatus.INTERNAL_SERVER_ERROR : status)
        .contentType(MediaType.APPLICATION_PROBLEM_JSON)
        .body(Problems.ofStatus(status == null ? HttpStatus.INTERNAL_SERVER_ERROR : status));
  }
}
