package dev.punctual.taskservice.idempotency;

import dev.punctual.taskservice.http.ProblemException;
import dev.punctual.taskservice.http.RequestBody;
import dev.punctual.taskservice.security.CurrentUser;
import dev.punctual.taskservice.security.Users;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collections;
import java.util.HexFormat;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;
import org.springframework.security.web.util.matcher.RequestMatcher;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionStatus;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.servlet.HandlerExceptionResolver;
import org.springframework.web.util.ContentCachingResponseWrapper;

/**
 * Carries out a POST with an {@code Idempotency-Key} once: the key, the writes and the answer are
 * one transaction. A repetition gets the first answer; one that comes while the first is running
 * waits for it. A request that is refused claims no key.
 */
@Component
class IdempotencyFilter extends OncePerRequestFilter {

  private static final String HEADER = "Idempotency-Key";
  private static final String REPLAYED = "Idempotency-Replayed";
  // By the parsed path, as the methods are found: wherever the service is mounted.
  private static final RequestMatcher API = PathPatternRequestMatcher.pathPattern("/api/**");

  private final IdempotencyKeys keys;
  private final Users users;
  private final TransactionTemplate transaction;
  private final HandlerExceptionResolver problems;

  IdempotencyFilter(
      IdempotencyKeys keys,
      Users users,
      PlatformTransactionManager transactions,
      @Qualifier("handlerExceptionResolver") HandlerExceptionResolver problems) {
    this.keys = keys;
    this.users = users;
    this.transaction = new TransactionTemplate(transactions);
    this.problems = problems;
  }

  @Override
  protected boolean shouldNotFilter(HttpServletRequest request) {
    return !request.getMethod().equals("POST")
        || request.getHeader(HEADER) == null
        || !API.matches(request);
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException {
    var answer = new ContentCachingResponseWrapper(response);
    try {
      var key = key(request);
      var body = RequestBody.bytes(request);
      transaction.executeWithoutResult(
          status ->
              once(
                  key,
                  hash(request, body),
                  new BufferedRequest(request, body),
                  answer,
                  chain,
                  status));
    } catch (RuntimeException e) {
      answer.reset();
      if (problems.resolveException(request, answer, null, e) == null) {
        throw e;
      }
    }
    // Not before the commit: what is said is true.
    answer.copyBodyToResponse();
  }

  private void once(
      String key,
      String hash,
      HttpServletRequest request,
      ContentCachingResponseWrapper answer,
      FilterChain chain,
      TransactionStatus status) {
    var user = CurrentUser.ofRequest();
    users.lock(user);
    var earlier = keys.claim(user.id(), key, hash);
    if (earlier.isPresent()) {
      repeat(earlier.get(), hash, answer);
      return;
    }
    try {
      chain.doFilter(request, answer);
    } catch (IOException | ServletException e) {
      throw new IllegalStateException(e);
    }
    if (answer.getStatus() >= 200 && answer.getStatus() < 300) {
      keys.answer(user.id(), key, stored(hash, answer));
    } else {
      status.setRollbackOnly();
    }
  }

  private static StoredAnswer stored(String hash, ContentCachingResponseWrapper answer) {
    return new StoredAnswer(
        hash,
        answer.getStatus(),
        answer.getHeader(HttpHeaders.LOCATION),
        answer.getHeader(HttpHeaders.ETAG),
        new String(answer.getContentAsByteArray(), StandardCharsets.UTF_8));
  }

  private static void repeat(
      StoredAnswer earlier, String hash, ContentCachingResponseWrapper answer) {
    if (!earlier.requestHash().equals(hash)) {
      throw new ProblemException(
          HttpStatus.UNPROCESSABLE_CONTENT,
          "idempotency-key-reused",
          "Idempotency-Key reused",
          "The key was sent with another request; take a new key for each new request.");
    }
    answer.setStatus(earlier.status());
    answer.setHeader(REPLAYED, "true");
    if (earlier.location() != null) {
      answer.setHeader(HttpHeaders.LOCATION, earlier.location());
    }
    if (earlier.etag() != null) {
      answer.setHeader(HttpHeaders.ETAG, earlier.etag());
    }
    var body = earlier.body();
    if (body != null && !body.isEmpty()) {
      answer.setContentType(MediaType.APPLICATION_JSON_VALUE);
      try {
        answer.getOutputStream().write(body.getBytes(StandardCharsets.UTF_8));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private static String key(HttpServletRequest request) {
    var keys = Collections.list(request.getHeaders(HEADER));
    if (keys.size() > 1 || !keys.get(0).matches("[\\x21-\\x7e]{1,255}")) {
      throw new ProblemException(
          HttpStatus.BAD_REQUEST,
          "invalid-idempotency-key",
          "Invalid Idempotency-Key",
          "Send one Idempotency-Key of 1 to 255 visible ASCII characters.");
    }
    return keys.get(0);
  }

  private static String hash(HttpServletRequest request, byte[] body) {
    try {
      var sha = MessageDigest.getInstance("SHA-256");
      var target = request.getRequestURI() + "?" + request.getQueryString() + "\n";
      sha.update(target.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(sha.digest(body));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every JDK has SHA-256.", e);
    }
  }
}
