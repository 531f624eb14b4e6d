package dev.punctual.schema;

import java.util.Map;
import java.util.Set;
import org.postgresql.ds.PGSimpleDataSource;

/** {@code schema verify}. */
final class VerifyCommand implements Subcommand {

  @Override
  public Set<String> options() {
    return Set.of("mend");
  }

  @Override
  public int run(PGSimpleDataSource dataSource, Arguments arguments, Terminal terminal) {
    int mended = arguments.has("mend") ? Verification.mendTimers(dataSource) : 0;
    var verification = Verification.of(dataSource);
    var differences = verification.differences();
    if (arguments.has("json")) {
      terminal.json(
          Map.of(
              "mended",
              mended,
              "version",
              verification.version().getVersion(),
              "objects",
              verification.objects(),
              "differences",
              differences,
              "timers_not_compared_without",
              verification.withoutTimers()));
    } else {
      if (arguments.has("mend")) {
        terminal.say("Timers that were mended: %,d.".formatted(mended));
      }
      DifferenceTable.print(differences, terminal);
      if (!verification.withoutTimers().isEmpty()) {
        terminal.say(
            "The timers were not compared: that takes %s as the migrations make them."
                .formatted(String.join(", ", verification.withoutTimers())));
      }
      terminal.say(
          "Version %s, %d objects, %s."
              .formatted(
                  verification.version(),
                  verification.objects(),
                  switch (differences.size()) {
                    case 0 -> "all as the migrations make them";
                    case 1 -> "1 difference";
                    default -> differences.size() + " differences";
                  }));
    }
    return verification.isClean() ? 0 : 1;
  }
}
