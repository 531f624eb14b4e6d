package dev.punctual.taskservice.http;

import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/** The versions that a client allows its change to be made on (RFC 9110, section 13.1.1). */
public final class IfMatch {

  private static final Pattern TAG = Pattern.compile("(W/)?\"([\\x21\\x23-\\x7e]*)\"");
  private static final Pattern LIST = Pattern.compile(TAG + "(\\s*,\\s*" + TAG + ")*");

  private final @Nullable List<String> allowed;

  private IfMatch(@Nullable List<String> allowed) {
    this.allowed = allowed;
  }

  /** Reads the header; null, as {@code *}, allows every version. */
  static IfMatch of(@Nullable String header) {
    if (header == null || header.strip().equals("*")) {
      return new IfMatch(null);
    }
    if (!LIST.matcher(header.strip()).matches()) {
      throw ProblemException.badRequest(
          "invalid-if-match", "Invalid If-Match", "If-Match must be *, or an ETag such as \"3\".");
    }
    // The comparison is a strong one: a weak tag matches nothing.
    return new IfMatch(
        TAG.matcher(header)
            .results()
            .filter(tag -> tag.group(1) == null)
            .map(tag -> tag.group(2))
            .toList());
  }

  /**
   * Lets the change go on.
   *
   * @throws ProblemException 412 if the resource is at another version than those allowed
   */
  public void check(long version) {
    if (allowed != null && !allowed.contains(Long.toString(version))) {
      throw new ProblemException(
              HttpStatus.PRECONDITION_FAILED,
              "changed-meanwhile",
              "Changed meanwhile",
              "It is at version " + version + " now; read it again and repeat the change.")
          .with("ETag", "\"" + version + "\"");
    }
  }
}
