package mo.farol.page;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import mo.farol.ledger.Ledger;

/** The ledger of a home; a new one is a copy of an empty one, whose tables are made once. */
final class NewLedger {
  private static final byte[] EMPTY = empty();

  private NewLedger() {}

  static Ledger open(Path home) {
    var file = home.resolve("ledger.db");
    try {
      if (!Files.exists(file)) {
        Files.write(file, EMPTY);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Ledger.openSqlite(file);
  }

  private static byte[] empty() {
    try {
      var folder = Files.createTempDirectory("ledger");
      var file = folder.resolve("ledger.db");
      Ledger.openSqlite(file).close();
      byte[] bytes = Files.readAllBytes(file);
      Files.delete(file);
      Files.delete(folder);
      return bytes;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
