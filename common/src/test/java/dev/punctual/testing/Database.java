package dev.punctual.testing;

import com.zaxxer.hikari.HikariDataSource;
import java.util.Map;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** One test's own database, with the tools to reach it. Close it to give its connections back. */
public final class Database implements AutoCloseable {
  private final String url;
  private final String user;
  private final String password;
  private final HikariDataSource dataSource = new HikariDataSource();

  Database(String url, String user, String password) {
    this.url = url;
    this.user = user;
    this.password = password;
    dataSource.setJdbcUrl(url);
    dataSource.setUsername(user);
    dataSource.setPassword(password);
    dataSource.setMinimumIdle(0);
    dataSource.setMaximumPoolSize(10);
    // Connections are opened when the first is asked for, so that a crashed test leaves few.
    dataSource.setInitializationFailTimeout(-1);
  }

  public String url() {
    return url;
  }

  public String user() {
    return user;
  }

  public String password() {
    return password;
  }

  /** Pooled connections. */
  public DataSource dataSource() {
    return dataSource;
  }

  public JdbcClient jdbc() {
    return JdbcClient.create(dataSource);
  }

  /** Runs work in a transaction that {@link #jdbc()} takes part in. */
  public TransactionTemplate transactions() {
    return new TransactionTemplate(new JdbcTransactionManager(dataSource));
  }

  /** What a Spring context is given to work on this database. */
  public Map<String, String> springProperties() {
    return Map.of(
        "spring.datasource.url", url,
        "spring.datasource.username", user,
        "spring.datasource.password", password);
  }

  @Override
  public void close() {
    dataSource.close();
  }
}
