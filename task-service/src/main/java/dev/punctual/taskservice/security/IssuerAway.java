package dev.punctual.taskservice.security;

import dev.punctual.taskservice.http.ProblemWriter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.security.oauth2.jwt.JwtDecoderInitializationException;
import org.springframework.web.filter.OncePerRequestFilter;

/** A token that cannot be judged now, because its issuer does not answer, is not a bad one: 503. */
final class IssuerAway extends OncePerRequestFilter {

  private static final Logger log = LoggerFactory.getLogger(IssuerAway.class);

  private final ProblemWriter problems;

  IssuerAway(ProblemWriter problems) {
    this.problems = problems;
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    try {
      chain.doFilter(request, response);
    } catch (AuthenticationServiceException | JwtDecoderInitializationException e) {
      log.warn(
          "A request is refused with 503, because the keys of the issuer cannot be had from spring.security.oauth2.resourceserver.jwt: {}",
          NestedExceptionUtils.getMostSpecificCause(e).toString());
      response.setHeader(HttpHeaders.RETRY_AFTER, "5");
      problems.write(
          response,
          HttpStatus.SERVICE_UNAVAILABLE,
          "issuer-unavailable",
          "Issuer unavailable",
          "The token cannot be judged now, because its issuer does not answer; repeat the request in a moment.");
    }
  }
}
