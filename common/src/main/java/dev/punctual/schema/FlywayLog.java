package dev.punctual.schema;

import org.flywaydb.core.api.logging.Log;
import org.flywaydb.core.api.logging.LogCreator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Flyway's log without its errors: each ends in an exception that is reported with what to do. Its
 * own advice, to restore a backup, is wrong here, where every migration can simply run again; most
 * of all when it only gave up a lock.
 */
public final class FlywayLog implements LogCreator {

  @Override
  public Log createLogger(Class<?> owner) {
    return new WithoutErrors(LoggerFactory.getLogger(owner));
  }

  private record WithoutErrors(Logger log) implements Log {

    @Override
    public void debug(String message) {
      log.debug(message);
    }

    @Override
    public void info(String message) {
      log.info(message);
    }

    @Override
    public void notice(String message) {
      log.info(message);
    }

    @Override
    public void warn(String message) {
      log.warn(message);
    }

    @Override
    public void error(String message) {
      log.debug(message);
    }

    @Override
    public void error(String message, Exception e) {
      log.debug(message, e);
    }
  }
}
