package dev.punctual.taskservice.http;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Arrays;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;

/** Refuses query parameters where a method reads none: a misspelt filter must not be ignored. */
final class NoQueryExpected implements HandlerInterceptor {

  @Override
  public boolean preHandle(
      HttpServletRequest request, HttpServletResponse response, Object handler) {
    if (request.getQueryString() != null
        && handler instanceof HandlerMethod method
        && Arrays.stream(method.getMethodParameters())
            .noneMatch(parameter -> parameter.getParameterType() == Query.class)) {
      new Query(request.getParameterMap()).check();
    }
    return true;
  }
}
