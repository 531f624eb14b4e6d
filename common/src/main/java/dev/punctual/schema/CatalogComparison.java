package dev.punctual.schema;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Compares a live catalog with the expected one. Tables that the chain never made are somebody
 * else's and of no interest; on the chain's own tables everything counts.
 */
record CatalogComparison(Catalog expected, Catalog live) {

  List<Difference> differences() {
    var differences = new ArrayList<Difference>();
    for (var object : expected.objects().values()) {
      var found = live.objects().get(object.key());
      if (found == null) {
        missing(object, differences);
      } else if (!found.isDefinedAs(object)) {
        differences.add(
            new Difference(
                object.key(),
                "is \"%s\", should be \"%s\"".formatted(found.definition(), object.definition()),
                Remedy.change(object, found)));
      } else if (!found.marks().equals(object.marks())) {
        differences.add(new Difference(object.key(), "is " + found.marks(), Remedy.revive(found)));
      }
    }
    live.objects().entrySet().stream()
        .filter(entry -> !expected.objects().containsKey(entry.getKey()))
        .map(Map.Entry::getValue)
        .filter(found -> !found.kind().equals("table") && expected.hasTable(found.table()))
        .map(found -> new Difference(found.key(), "is not of this schema", Remedy.drop(found)))
        .forEach(differences::add);
    return differences;
  }

  /** A table that is missing is one difference, not one for each of its columns. */
  private void missing(CatalogObject object, List<Difference> differences) {
    if (object.kind().equals("table")) {
      differences.add(new Difference(object.key(), "is missing", restore(object)));
    } else if (object.table().isEmpty() || live.hasTable(object.table())) {
      differences.add(new Difference(object.key(), "is missing", Remedy.create(object)));
    }
  }

  /** The undos of what came later need the tables up to V11, so that those are not made again. */
  private static String restore(CatalogObject table) {
    return Chain.madeBy(table)
        .filter(version -> version.compareTo(Chain.UPGRADE) > 0)
        .map(Chain.versions()::lower)
        .map(
            "Restore it from a backup; or run \"schema rollback --to %s\" and \"schema migrate\", which make it again, empty."
                ::formatted)
        .orElse("Restore it from a backup.");
  }
}
