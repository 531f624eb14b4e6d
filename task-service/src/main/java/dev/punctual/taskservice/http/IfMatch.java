package dev.punctual.taskservice.http;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/** The versions that a client allows its change to be made on (RFC 9110, section 13.1.1). */
public final class IfMatch {

  private static final Pattern NEXT =
      Pattern.compile("\\G\\s*+(W/)?\"([\\x21\\x23-\\x7e]*+)\"\\s*+(,|$)");

  private final @Nullable List<String> allowed;

  private IfMatch(@Nullable List<String> allowed) {
    this.allowed = allowed;
  }

  /** The ETag of a version. */
  public static String etag(long version) {
    return "\"" + version + "\"";
  }

  /** Reads the header's lines, which are one list; none, as {@code *}, allows every version. */
  static IfMatch of(List<String> lines) {
    var header = String.join(",", lines);
    return new IfMatch(lines.isEmpty() || header.strip().equals("*") ? null : strongTags(header));
  }

  private static List<String> strongTags(String header) {
    var next = NEXT.matcher(header);
    var tags = new ArrayList<String>();
    boolean more = true;
    while (more) {
      if (!next.find()) {
        throw ProblemException.badRequest(
            "invalid-if-match",
            "Invalid If-Match",
            "If-Match must be *, or an ETag such as \"3\".");
      }
      // The comparison is a strong one: a weak tag matches nothing.
      if (next.group(1) == null) {
        tags.add(next.group(2));
      }
      more = next.group(3).equals(",");
    }
    return tags;
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
          .with("ETag", etag(version));
    }
  }
}
