package mo.farol.ledger;

import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;

/** A copy of the embedded ledger, made beside whoever works with it. */
public final class LedgerCopy {
  private LedgerCopy() {}

  /**
   * Writes what is durable in a ledger that is there, as of one moment, into an empty file; its
   * tables are not touched, whichever Farol made them. The copy is not forced to the disk.
   *
   * @throws LedgerFault when the ledger can't be read or the copy can't be written
   */
  public static void make(Path ledger, Path copy) {
    var pragmas = new Properties();
    pragmas.setProperty("busy_timeout", "10000");
    String url = "jdbc:sqlite:" + ledger.toAbsolutePath();
    try (var connection = DriverManager.getConnection(url, pragmas);
        var vacuum = connection.prepareStatement("vacuum into ?")) {
      vacuum.setString(1, copy.toAbsolutePath().toString());
      vacuum.execute();
    } catch (SQLException e) {
      throw new LedgerFault(
          "cannot copy the ledger %s to %s: %s".formatted(ledger, copy, e.getMessage()), e);
    }
  }
}
