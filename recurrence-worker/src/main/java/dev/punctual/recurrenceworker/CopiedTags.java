package dev.punctual.recurrenceworker;

import static java.util.Comparator.comparing;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;

import dev.punctual.event.Task;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The tags that spawned tasks take over from what they are spawned from, their owners. */
final class CopiedTags {

  private final JdbcClient jdbc;
  private final String links;

  /**
   * Tags of one kind of owners.
   *
   * @param links a query of {@code owner_id, tag_id} for the owners {@code :ids}
   */
  CopiedTags(JdbcClient jdbc, String links) {
    this.jdbc = jdbc;
    this.links = links;
  }

  /**
   * Locks the tags of owners that this transaction has locked, so that a tag that is deleted just
   * now is gone before it is copied, or after. No lock is waited for: a tag that is being renamed
   * keeps back who carries it, and nobody else.
   *
   * @return the owners with a tag that somebody else holds
   */
  Set<String> lockOrTellHeld(Collection<String> ownerIds) {
    if (ownerIds.isEmpty()) {
      return Set.of();
    }
    return jdbc.sql(
            """
            WITH links AS MATERIALIZED (
              %s
            ), locked AS MATERIALIZED (
              SELECT g.id FROM tags g WHERE g.id IN (SELECT tag_id FROM links)
              ORDER BY g.id
              FOR KEY SHARE SKIP LOCKED
            )
            SELECT DISTINCT owner_id FROM links JOIN tags g ON g.id = links.tag_id
            WHERE NOT EXISTS (SELECT FROM locked WHERE locked.id = links.tag_id)
            """
                .formatted(links))
        .param("ids", ownerIds.toArray(String[]::new))
        .query(String.class)
        .set();
  }

  /** The tags of each owner that has some, by their names, as everywhere in events. */
  Map<String, List<Task.TagRef>> of(Collection<String> ownerIds) {
    return jdbc
        .sql(
            "SELECT owner_id, g.id, g.name FROM (%s) AS links JOIN tags g ON g.id = links.tag_id"
                .formatted(links))
        .param("ids", ownerIds.toArray(String[]::new))
        .query(
            (row, number) ->
                Map.entry(
                    row.getString("owner_id"),
                    new Task.TagRef(row.getString("id"), row.getString("name"))))
        .list()
        .stream()
        .sorted(comparing(tagged -> tagged.getValue().name()))
        .collect(groupingBy(Map.Entry::getKey, mapping(Map.Entry::getValue, toList())));
  }
}
