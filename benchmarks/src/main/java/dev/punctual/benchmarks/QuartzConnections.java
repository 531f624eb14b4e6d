package dev.punctual.benchmarks;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import org.quartz.utils.ConnectionProvider;

/** Quartz's own connections; it sets the url. */
public final class QuartzConnections implements ConnectionProvider {

  private String url = "";
  private HikariDataSource pool = new HikariDataSource();

  public void setUrl(String url) {
    this.url = url;
  }

  @Override
  public void initialize() {
    pool = PeerConnections.pool(url, 20);
  }

  @Override
  public Connection getConnection() throws SQLException {
    return pool.getConnection();
  }

  @Override
  public void shutdown() {
    pool.close();
  }
}
