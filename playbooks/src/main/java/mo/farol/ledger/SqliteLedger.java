package mo.farol.ledger;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.pool.HikariPool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import java.util.concurrent.locks.ReentrantLock;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.jdbi.v3.core.HandleCallback;
import org.jdbi.v3.core.Jdbi;

/** The embedded ledger: one file, write-ahead log, every commit synced. */
final class SqliteLedger implements Ledger {
  private static final int CONNECTIONS = 8;
  private final HikariDataSource source;
  private final Jdbi jdbi;
  // SQLite has one writer; waiting here is fair and gives no "database is locked".
  private final ReentrantLock writing = new ReentrantLock(true);

  private SqliteLedger(HikariDataSource source) {
    this.source = source;
    this.jdbi = Jdbi.create(source);
  }

  static SqliteLedger open(Path file) {
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      var source = new HikariDataSource(config(file));
      try {
        migrate(source);
        return new SqliteLedger(source);
      } catch (FlywayException e) {
        source.close();
        throw e;
      }
    } catch (IOException | FlywayException | HikariPool.PoolInitializationException e) {
      throw new LedgerFault(
          "cannot open the ledger %s: %s. Check that the folder can be written to and that no newer Farol made the file"
              .formatted(file, e.getMessage()),
          e);
    }
  }

  @Override
  public <T, X extends Exception> T read(HandleCallback<T, X> work) throws X {
    return jdbi.withHandle(work);
  }

  @Override
  public <T, X extends Exception> T write(HandleCallback<T, X> work) throws X {
    writing.lock();
    try {
      return jdbi.inTransaction(work);
    } finally {
      writing.unlock();
    }
  }

  @Override
  public Jdbi jdbi() {
    return jdbi;
  }

  @Override
  public void close() {
    source.close();
  }

  private static void migrate(HikariDataSource source) {
    Flyway.configure(SqliteLedger.class.getClassLoader())
        .dataSource(source)
        .locations("classpath:db/migration")
        .load()
        .migrate();
  }

  private static HikariConfig config(Path file) {
    var pragmas = new Properties();
    pragmas.setProperty("journal_mode", "WAL");
    pragmas.setProperty("synchronous", "FULL");
    pragmas.setProperty("foreign_keys", "true");
    pragmas.setProperty("busy_timeout", "10000");
    pragmas.setProperty("transaction_mode", "IMMEDIATE");
    var config = new HikariConfig();
    config.setJdbcUrl("jdbc:sqlite:" + file.toAbsolutePath());
    config.setDataSourceProperties(pragmas);
    config.setMaximumPoolSize(CONNECTIONS);
    config.setMinimumIdle(1);
    config.setPoolName("ledger");
    return config;
  }
}
