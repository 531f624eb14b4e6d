package dev.punctual.taskservice.security;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Date;
import java.util.Map;

/** An OpenID provider: its metadata, its keys, and the tokens that it signs. */
final class Issuer implements AutoCloseable {

  private final HttpServer server;
  private volatile RSAKey key;
  private volatile boolean away;

  private Issuer(HttpServer server) throws JOSEException {
    this.server = server;
    this.key = newKey();
  }

  static Issuer start() throws IOException, JOSEException {
    var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    var issuer = new Issuer(server);
    server.createContext("/", issuer::answer);
    server.start();
    return issuer;
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** While it is away, it answers everything with 500. */
  void away(boolean away) {
    this.away = away;
  }

  void changeKey() throws JOSEException {
    key = newKey();
  }

  /** A token for a minute; the claims stand beside the usual ones, or instead of them. */
  String token(String subject, Map<String, Object> claims) throws JOSEException {
    return signed(key, subject, claims);
  }

  /** A token that claims to be signed with the key, and is not. */
  String forged(String subject) throws JOSEException {
    var other = new RSAKeyGenerator(2048).keyID(key.getKeyID()).generate();
    return signed(other, subject, Map.of());
  }

  @Override
  public void close() {
    server.stop(0);
  }

  private String signed(RSAKey with, String subject, Map<String, Object> more)
      throws JOSEException {
    var claims =
        new JWTClaimsSet.Builder()
            .issuer(url())
            .subject(subject)
            .expirationTime(Date.from(Instant.now().plusSeconds(60)));
    more.forEach(claims::claim);
    var header = new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(with.getKeyID()).build();
    var token = new SignedJWT(header, claims.build());
    token.sign(new RSASSASigner(with));
    return token.serialize();
  }

  private void answer(HttpExchange exchange) throws IOException {
    var json =
        exchange.getRequestURI().getPath().equals("/keys")
            ? new JWKSet(key.toPublicJWK()).toString()
            : """
              {"issuer": "%1$s", "jwks_uri": "%1$s/keys", "subject_types_supported": ["public"]}
              """
                .formatted(url());
    var bytes = json.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(away ? 500 : 200, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  private static RSAKey newKey() throws JOSEException {
    return new RSAKeyGenerator(2048).keyIDFromThumbprint(true).generate();
  }
}
