package dev.punctual.taskservice.http;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Arrays;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;

/**
 * Refuses query parameters, bodies and, where something is to be changed, conditions that a method
 * does not read: who sent them meant something by them. An empty JSON object is as good as no body.
 */
final class NothingIgnored implements HandlerInterceptor {

  @Override
  public boolean preHandle(
      HttpServletRequest request, HttpServletResponse response, Object handler) {
    if (handler instanceof HandlerMethod method) {
      if (request.getQueryString() != null && !takes(Query.class, method)) {
        new Query(request.getParameterMap()).check();
      }
      boolean changes = !request.getMethod().equals(HttpMethod.GET.name());
      if (changes && !takes(Fields.class, method)) {
        refuseFields(RequestBody.bytes(request));
      }
      if (changes
          && request.getHeader(HttpHeaders.IF_MATCH) != null
          && !takes(IfMatch.class, method)) {
        throw ProblemException.badRequest(
            "if-match-not-possible",
            "If-Match not possible",
            "What is changed here has no version to compare with: leave If-Match out.");
      }
    }
    return true;
  }

  private static void refuseFields(byte[] body) {
    if (body.length > 0) {
      new Fields(RequestBody.object(body)).check();
    }
  }

  private static boolean takes(Class<?> type, HandlerMethod method) {
    return Arrays.stream(method.getMethodParameters())
        .anyMatch(parameter -> parameter.getParameterType() == type);
  }
}
