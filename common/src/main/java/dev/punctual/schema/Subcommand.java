package dev.punctual.schema;

import java.util.Set;
import org.postgresql.ds.PGSimpleDataSource;

/** One of the commands. */
interface Subcommand {

  /** Its own options, beside those that every command has. */
  Set<String> options();

  /** Returns the exit status, or throws what went wrong. */
  int run(PGSimpleDataSource dataSource, Arguments arguments, Terminal terminal);
}
