package dev.punctual.taskservice.http;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Arrays;
import org.springframework.http.HttpMethod;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;

/**
 * Refuses query parameters and bodies where a method reads none: who sent them meant something by
 * them. An empty JSON object is as good as no body.
 */
final class NothingIgnored implements HandlerInterceptor {

  @Override
  public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler)
      throws IOException {
    if (handler instanceof HandlerMethod method) {
      if (request.getQueryString() != null && !takes(Query.class, method)) {
        new Query(request.getParameterMap()).check();
      }
      if (!request.getMethod().equals(HttpMethod.GET.name()) && !takes(Fields.class, method)) {
        refuseFields(RequestBody.bytes(request));
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
