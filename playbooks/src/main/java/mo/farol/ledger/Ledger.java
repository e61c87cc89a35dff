package mo.farol.ledger;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import java.util.concurrent.locks.ReentrantLock;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.HandleCallback;
import org.jdbi.v3.core.Jdbi;

/** The database of cases, alerts, runs, accounts and deeds. */
public final class Ledger implements AutoCloseable {
  private static final int CONNECTIONS = 8;
  private final HikariDataSource source;
  private final Jdbi jdbi;
  // SQLite has one writer; waiting here is fair and gives no "database is locked".
  private final ReentrantLock writing = new ReentrantLock(true);

  private Ledger(HikariDataSource source) {
    this.source = source;
    this.jdbi = Jdbi.create(source);
  }

  /**
   * Opens the embedded ledger, making or migrating its tables.
   *
   * @throws LedgerFault when the file can't be used or was made by a newer Farol
   */
  public static Ledger openSqlite(Path file) {
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      var source = new HikariDataSource(config(file));
      Flyway.configure(Ledger.class.getClassLoader())
          .dataSource(source)
          .locations("classpath:db/migration")
          .load()
          .migrate();
      return new Ledger(source);
    } catch (IOException | FlywayException e) {
      throw new LedgerFault("cannot open the ledger " + file + ": " + e.getMessage(), e);
    }
  }

  /** Reads; never within {@link #write}. */
  public <T, X extends Exception> T read(HandleCallback<T, X> work) throws X {
    return jdbi.withHandle(work);
  }

  /** Does all of it or nothing, one such work at a time; returns once it is on disk. */
  public <T, X extends Exception> T write(HandleCallback<T, X> work) throws X {
    writing.lock();
    try {
      return jdbi.inTransaction(work);
    } finally {
      writing.unlock();
    }
  }

  /** A write that gives nothing back. */
  public void change(java.util.function.Consumer<Handle> work) {
    write(
        handle -> {
          work.accept(handle);
          return 0;
        });
  }

  @Override
  public void close() {
    source.close();
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
