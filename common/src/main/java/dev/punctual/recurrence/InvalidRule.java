package dev.punctual.recurrence;

import java.util.List;
import java.util.stream.Collectors;

/** A rule is refused; every problem names its field and says what to write instead. */
public final class InvalidRule extends IllegalArgumentException {

  private final transient List<Problem> problems;

  /**
   * One thing that is wrong.
   *
   * @param field where, within the rule's JSON, such as {@code interval} or {@code days[1]}; empty
   *     for the rule as a whole
   * @param message what is wrong, for the person who wrote it
   * @param remedy what to write instead
   */
  public record Problem(String field, String message, String remedy) {

    Problem of(String otherField) {
      return new Problem(otherField, message, remedy);
    }
  }

  InvalidRule(List<Problem> problems) {
    super(
        problems.stream()
            .map(p -> (p.field().isEmpty() ? "" : p.field() + ": ") + p.message())
            .collect(Collectors.joining("; ")));
    this.problems = List.copyOf(problems);
  }

  InvalidRule(String field, String message, String remedy) {
    this(List.of(new Problem(field, message, remedy)));
  }

  /** All problems that were found, at least one. */
  public List<Problem> problems() {
    return problems;
  }
}
