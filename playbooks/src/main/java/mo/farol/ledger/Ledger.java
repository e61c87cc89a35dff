package mo.farol.ledger;

import java.nio.file.Path;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.HandleCallback;
import org.jdbi.v3.core.Jdbi;

/**
 * The database of cases, alerts, runs, accounts and deeds. A seam: the embedded one is SQLite, a
 * larger site's is another that passes the same contract test.
 */
public interface Ledger extends AutoCloseable {
  /**
   * Opens the embedded ledger, making or migrating its tables.
   *
   * @throws LedgerFault when the file can't be used or was made by a newer Farol
   */
  static Ledger openSqlite(Path file) {
    return SqliteLedger.open(file);
  }

  /** Reads what is durable; within {@link #write} also what that work has written so far. */
  <T, X extends Exception> T read(HandleCallback<T, X> work) throws X;

  /**
   * Does all of it or nothing, one such work at a time; returns once it is on disk. Within another
   * write it becomes part of that one.
   */
  <T, X extends Exception> T write(HandleCallback<T, X> work) throws X;

  /** A write that gives nothing back. */
  default void change(Consumer<Handle> work) {
    write(
        handle -> {
          work.accept(handle);
          return 0;
        });
  }

  /** For reading only: what is written through it does not wait for its turn. */
  Jdbi jdbi();

  @Override
  void close();
}
