package dev.punctual.schema;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.flywaydb.core.api.MigrationVersion;

/**
 * Tells which constraint of an adopted database is which of the chain's, since every tool names
 * them in its own way.
 *
 * @param catalog the live one, its constraints where those of the chain are that say the same; each
 *     still with its own name
 * @param renames what gives them the names of the chain
 */
record AdoptedConstraints(Catalog catalog, List<Rename> renames) {

  /** Makes the keys of V1 to V5 again, so that it is no matter how they cascade. */
  private static final MigrationVersion CASCADES = MigrationVersion.fromVersion("12");

  record Rename(String table, String from, String to) {
    String sql() {
      return "ALTER TABLE %s RENAME CONSTRAINT %s TO %s".formatted(table, from, to);
    }

    @Override
    public String toString() {
      return "%s.%s to %s".formatted(table, from, to);
    }
  }

  static AdoptedConstraints match(Catalog expected, Catalog live) {
    var later = Catalog.expected(CASCADES).objects();
    Predicate<CatalogObject> madeAgain = ours -> !later.containsKey(ours.key());
    var objects = new TreeMap<>(live.objects());
    var renames = new ArrayList<Rename>();
    for (var ours : expected.objects().values()) {
      if (!ours.kind().equals("constraint")) {
        continue;
      }
      if (!objects.containsKey(ours.key())) {
        live.objects().values().stream()
            .filter(theirs -> theirs.kind().equals("constraint"))
            .filter(theirs -> theirs.table().equals(ours.table()))
            .filter(theirs -> !expected.objects().containsKey(theirs.key()))
            .filter(theirs -> objects.containsKey(theirs.key()))
            .filter(theirs -> saysTheSame(ours, theirs, madeAgain.test(ours)))
            .findFirst()
            .ifPresent(
                theirs -> {
                  objects.remove(theirs.key());
                  objects.put(ours.key(), theirs);
                  renames.add(new Rename(ours.table(), theirs.name(), ours.name()));
                });
      }
      var found = objects.get(ours.key());
      if (found != null && madeAgain.test(ours) && saysTheSame(ours, found, true)) {
        objects.put(ours.key(), found.definedAs(ours.definition()));
      }
    }
    return new AdoptedConstraints(new Catalog(objects), List.copyOf(renames));
  }

  private static boolean saysTheSame(CatalogObject ours, CatalogObject theirs, boolean madeAgain) {
    if (ours.definition().startsWith("PRIMARY KEY")) {
      return theirs.definition().startsWith("PRIMARY KEY"); // a table has only one
    }
    var said = theirs.definition();
    return ours.isDefinedAs(
        theirs.definedAs(madeAgain ? said.replaceFirst("(?<=\\)) [A-Z ]+$", "") : said));
  }

  /** The columns of a key, in any order. */
  static Set<String> columns(CatalogObject key) {
    var listed = key.definition().replaceFirst("^[^(]*\\(([^)]*)\\).*$", "$1");
    return new TreeSet<>(Arrays.asList(listed.split(", ")));
  }
}
