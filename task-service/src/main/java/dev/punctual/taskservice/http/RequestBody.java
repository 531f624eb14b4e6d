package dev.punctual.taskservice.http;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Reads the body of a request within bounds, and strictly as one JSON object. */
public final class RequestBody {

  /** How long a body may be; an event that carries it stays far below what Kafka takes. */
  public static final int MAX_BYTES = 64 * 1024;

  private static final Logger log = LoggerFactory.getLogger(RequestBody.class);

  private static final int MAX_DEPTH = 16;

  private static final JsonMapper STRICT =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder().maxNestingDepth(MAX_DEPTH).build())
                  .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private RequestBody() {}

  /**
   * Reads all bytes.
   *
   * @throws ProblemException 413 if there are more than {@link #MAX_BYTES}, 400 if the client
   *     breaks off
   */
  public static byte[] bytes(HttpServletRequest request) {
    byte[] bytes;
    try {
      bytes = request.getInputStream().readNBytes(MAX_BYTES + 1);
    } catch (IOException e) {
      log.debug("A request is refused with 400, because its body broke off", e);
      throw ProblemException.badRequest(
          "body-broke-off", "Body broke off", "The body of the request ended before its end.");
    }
    if (bytes.length > MAX_BYTES) {
      throw new ProblemException(
          HttpStatus.CONTENT_TOO_LARGE,
          "body-too-large",
          "Body too large",
          "The body of a request must not be longer than " + MAX_BYTES + " bytes.");
    }
    return bytes;
  }

  static ObjectNode object(byte[] bytes) {
    if (bytes.length == 0) {
      throw malformed("it is empty; it must be a JSON object");
    }
    try {
      if (STRICT.readTree(bytes) instanceof ObjectNode object) {
        return object;
      }
    } catch (JacksonException e) {
      var place = e.getLocation();
      throw malformed(
          said(e)
              + (place == null
                  ? ""
                  : " (line " + place.getLineNr() + ", column " + place.getColumnNr() + ")"));
    }
    throw malformed("it must be a JSON object");
  }

  /** What the parser says, without the names of its classes and settings. */
  private static String said(JacksonException e) {
    if (e instanceof StreamConstraintsException) {
      return "it is nested deeper than "
          + MAX_DEPTH
          + " levels, or a name or a number in it is too long";
    }
    if (e instanceof DatabindException) {
      return "something follows the JSON object";
    }
    return e.getOriginalMessage().replaceFirst(" \\(start marker at .*", "");
  }

  private static ProblemException malformed(String why) {
    return ProblemException.badRequest(
        "malformed-json", "Malformed JSON", "The body could not be read: " + why);
  }
}
