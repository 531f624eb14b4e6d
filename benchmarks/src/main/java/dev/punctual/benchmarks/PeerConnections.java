package dev.punctual.benchmarks;

import com.zaxxer.hikari.HikariDataSource;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/** Connections for the floor and the peers. */
final class PeerConnections {

  private PeerConnections() {}

  static SingleConnectionDataSource single(String url) {
    return new SingleConnectionDataSource(url, "postgres", "", true);
  }

  static HikariDataSource pool(String url, int size) {
    var pool = new HikariDataSource();
    pool.setJdbcUrl(url);
    pool.setUsername("postgres");
    pool.setMaximumPoolSize(size);
    return pool;
  }
}
