package dev.punctual.schema;

/** The command as a process of its own, which can be killed. */
final class MigrateByCommand {

  private MigrateByCommand() {}

  public static void main(String[] args) {
    System.exit(SchemaCommand.run(args));
  }
}
