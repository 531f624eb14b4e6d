package dev.punctual.taskservice.task;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** What a list of tasks can be sorted by; a task without a value comes last either way. */
enum TaskSort {
  CREATED_AT("t.created_at", "t.created_at", "timestamptz"),
  UPDATED_AT("t.updated_at", "t.updated_at", "timestamptz"),
  DUE_DATE("coalesce(t.due_date, 'infinity')", "coalesce(t.due_date, '-infinity')", "timestamptz"),
  PRIORITY(
      "array_position(ARRAY['low', 'medium', 'high', 'urgent'], t.priority::text)",
      "array_position(ARRAY['low', 'medium', 'high', 'urgent'], t.priority::text)",
      "integer"),
  TITLE("t.title", "t.title", "text");

  private final String ascending;
  private final String descending;
  private final String type;

  TaskSort(String ascending, String descending, String type) {
    this.ascending = ascending;
    this.descending = descending;
    this.type = type;
  }

  /** A direction of a sort. */
  record Order(String name, String key, String direction, String condition) {}

  static final List<String> NAMES =
      Arrays.stream(values())
          .map(sort -> sort.name().toLowerCase(Locale.ROOT))
          .flatMap(name -> Stream.of(name, "-" + name))
          .toList();

  static Order order(String name) {
    boolean descends = name.startsWith("-");
    var sort = valueOf((descends ? name.substring(1) : name).toUpperCase(Locale.ROOT));
    var key = descends ? sort.descending : sort.ascending;
    var condition =
        "(%s, t.id) %s (CAST(:cursorValue AS %s), :cursorId)"
            .formatted(key, descends ? "<" : ">", sort.type);
    return new Order(name, key, descends ? "DESC" : "ASC", condition);
  }
}
