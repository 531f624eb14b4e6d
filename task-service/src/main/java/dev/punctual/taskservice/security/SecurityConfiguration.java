package dev.punctual.taskservice.security;

import dev.punctual.taskservice.http.ProblemWriter;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpStatus;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.oauth2.server.resource.web.BearerTokenAuthenticationEntryPoint;
import org.springframework.security.oauth2.server.resource.web.access.BearerTokenAccessDeniedHandler;
import org.springframework.security.oauth2.server.resource.web.authentication.BearerTokenAuthenticationFilter;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.AccessDeniedHandler;

/** Everything needs a bearer token, but for the health, the metrics and the local issuer. */
@Configuration(proxyBeanMethods = false)
class SecurityConfiguration {

  SecurityConfiguration(@Value("${punctual.security.mode:issuer}") String mode) {
    if (!mode.equalsIgnoreCase("issuer") && !mode.equalsIgnoreCase("local")) {
      throw new IllegalStateException(
          "punctual.security.mode must be issuer or local, not '" + mode + "'.");
    }
  }

  @Bean
  SecurityFilterChain security(HttpSecurity http, ProblemWriter problems) {
    return http.authorizeHttpRequests(
            requests ->
                requests
                    .requestMatchers("/auth/token", "/error", "/actuator/**")
                    .permitAll()
                    .anyRequest()
                    .authenticated())
        .oauth2ResourceServer(
            server ->
                server
                    .jwt(Customizer.withDefaults())
                    .authenticationEntryPoint(unauthorized(problems))
                    .accessDeniedHandler(forbidden(problems)))
        .addFilterBefore(new IssuerAway(problems), BearerTokenAuthenticationFilter.class)
        .sessionManagement(
            session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
        // No cookie authenticates anybody, so no other site can make a browser write here.
        .csrf(csrf -> csrf.disable())
        .logout(logout -> logout.disable())
        .requestCache(cache -> cache.disable())
        .build();
  }

  private static AuthenticationEntryPoint unauthorized(ProblemWriter problems) {
    var challenge = new BearerTokenAuthenticationEntryPoint();
    return (request, response, e) -> {
      challenge.commence(request, response, e);
      problems.write(
          response,
          HttpStatus.resolve(response.getStatus()) == HttpStatus.BAD_REQUEST
              ? HttpStatus.BAD_REQUEST
              : HttpStatus.UNAUTHORIZED,
          "unauthorized",
          "Unauthorized",
          "Send a valid token in the header: Authorization: Bearer <token>.");
    };
  }

  private static AccessDeniedHandler forbidden(ProblemWriter problems) {
    var challenge = new BearerTokenAccessDeniedHandler();
    return (request, response, e) -> {
      challenge.handle(request, response, e);
      problems.write(
          response,
          HttpStatus.FORBIDDEN,
          "forbidden",
          "Forbidden",
          "The token does not allow this.");
    };
  }
}
