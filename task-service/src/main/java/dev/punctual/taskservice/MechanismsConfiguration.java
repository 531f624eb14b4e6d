package dev.punctual.taskservice;

import dev.punctual.schema.SchemaMigration;
import java.time.InstantSource;
import javax.sql.DataSource;
import org.springframework.beans.factory.InitializingBean;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

@Configuration(proxyBeanMethods = false)
class MechanismsConfiguration {

  @Bean
  InstantSource clock() {
    return InstantSource.system();
  }

  /** The schema is brought up to date before anything listens or loops. */
  @Bean
  InitializingBean schemaIsCurrent(JdbcConnectionDetails database, DataSource pool) {
    // Not the pool: its connections give up on statements as long as a migration's.
    var connections = new DriverManagerDataSource(database.getJdbcUrl());
    connections.setUsername(database.getUsername());
    connections.setPassword(database.getPassword());
    return () -> {
      InterruptibleStart.run(() -> SchemaMigration.migrateWhenReachable(connections));
      // Opens the pool, whose sessions tell a rollback that a service is there, before any request.
      pool.getConnection().close();
    };
  }
}
