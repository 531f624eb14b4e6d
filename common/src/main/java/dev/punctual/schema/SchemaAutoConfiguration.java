package dev.punctual.schema;

import com.zaxxer.hikari.HikariDataSource;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;

/** Gives the database sessions of a service a name that says which schema version it needs. */
@AutoConfiguration
public class SchemaAutoConfiguration {

  @Bean
  static BeanPostProcessor sessionName(Environment environment) {
    return new BeanPostProcessor() {
      @Override
      public Object postProcessBeforeInitialization(Object bean, String beanName) {
        if (bean instanceof HikariDataSource pool) {
          var service = environment.getProperty("spring.application.name", "service");
          pool.addDataSourceProperty("ApplicationName", ServiceSessions.name(service));
        }
        return bean;
      }
    };
  }
}
