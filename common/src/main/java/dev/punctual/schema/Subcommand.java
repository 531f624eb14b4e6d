package dev.punctual.schema;

import javax.sql.DataSource;

/** One of the commands; returns its exit status, or throws what went wrong. */
interface Subcommand {
  int run(DataSource dataSource, Arguments arguments, Terminal terminal);
}
