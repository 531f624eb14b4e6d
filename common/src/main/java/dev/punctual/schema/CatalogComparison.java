package dev.punctual.schema;

import java.util.ArrayList;
import java.util.List;

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
      } else if (!found.definition().equals(object.definition())) {
        differences.add(
            new Difference(
                object.key(),
                "is \"%s\", should be \"%s\"".formatted(found.definition(), object.definition()),
                Remedy.change(object, found)));
      } else if (!found.marks().equals(object.marks())) {
        differences.add(new Difference(object.key(), "is " + found.marks(), Remedy.revive(object)));
      }
    }
    live.objects().values().stream()
        .filter(found -> !expected.objects().containsKey(found.key()))
        .filter(found -> !found.kind().equals("table") && expected.hasTable(found.table()))
        .map(found -> new Difference(found.key(), "is not of this schema", Remedy.drop(found)))
        .forEach(differences::add);
    return differences;
  }

  /** A table that is missing is one difference, not one for each of its columns. */
  private void missing(CatalogObject object, List<Difference> differences) {
    if (object.kind().equals("table")) {
      var remedy =
          "Restore it from a backup, or roll back to before it was made and migrate again.";
      differences.add(new Difference(object.key(), "is missing", remedy));
    } else if (object.table().isEmpty() || live.hasTable(object.table())) {
      differences.add(new Difference(object.key(), "is missing", Remedy.create(object)));
    }
  }
}
