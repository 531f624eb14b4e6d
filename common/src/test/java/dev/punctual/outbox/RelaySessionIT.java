package dev.punctual.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.punctual.testing.Database;
import dev.punctual.testing.Stack;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.datasource.DelegatingDataSource;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

class RelaySessionIT {

  private final Database database = Stack.newDatabase();
  private final List<Connection> opened = new ArrayList<>();

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void a_session_that_cannot_be_set_up_leaves_no_connection_behind() {
    assertThatThrownBy(() -> RelaySession.open(new OfFailedTransactions()))
        .isInstanceOf(SQLException.class)
        .hasMessageContaining("current transaction is aborted");
    assertThat(opened).hasSize(1).allMatch(RelaySessionIT::isClosed);
  }

  @Test
  void what_the_relay_writes_is_durable_whatever_the_servers_default() throws SQLException {
    database
        .jdbc()
        .sql(
            "DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET synchronous_commit = off', current_database()); END $$")
        .update();
    var unpooled =
        new DriverManagerDataSource(database.url(), database.user(), database.password());
    try (var connection = RelaySession.openFor("deleting", unpooled);
        var row = connection.createStatement().executeQuery("SHOW synchronous_commit")) {
      assertThat(row.next()).isTrue();
      assertThat(row.getString(1)).isEqualTo("on");
    }
  }

  private static boolean isClosed(Connection connection) {
    try {
      return connection.isClosed();
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }

  /** In its connections every statement fails. */
  private final class OfFailedTransactions extends DelegatingDataSource {

    OfFailedTransactions() {
      super(database.dataSource());
    }

    @Override
    public Connection getConnection() throws SQLException {
      var connection = super.getConnection();
      opened.add(connection);
      connection.setAutoCommit(false);
      try (var statement = connection.createStatement()) {
        statement.execute("no SQL at all");
      } catch (SQLException asWanted) {
        // The transaction is aborted now.
      }
      return connection;
    }
  }
}
