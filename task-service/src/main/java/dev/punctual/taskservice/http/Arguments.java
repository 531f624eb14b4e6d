package dev.punctual.taskservice.http;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.http.HttpHeaders;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;

/** Hands {@link Fields}, {@link Query} and {@link IfMatch} to the methods that ask for them. */
final class Arguments implements HandlerMethodArgumentResolver {

  @Override
  public boolean supportsParameter(MethodParameter parameter) {
    var type = parameter.getParameterType();
    return type == Fields.class || type == Query.class || type == IfMatch.class;
  }

  @Override
  public Object resolveArgument(
      MethodParameter parameter,
      @Nullable ModelAndViewContainer container,
      NativeWebRequest webRequest,
      @Nullable WebDataBinderFactory binders) {
    var request = (HttpServletRequest) webRequest.getNativeRequest();
    var type = parameter.getParameterType();
    if (type == Fields.class) {
      return new Fields(RequestBody.object(RequestBody.bytes(request)));
    }
    return type == Query.class
        ? new Query(request.getParameterMap())
        : IfMatch.of(Collections.list(request.getHeaders(HttpHeaders.IF_MATCH)));
  }
}
