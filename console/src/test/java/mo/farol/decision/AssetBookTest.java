package mo.farol.decision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import mo.farol.alert.Asset;
import mo.farol.alert.AssetTable;
import mo.farol.event.Scope;
import mo.farol.ledger.Deeds;
import mo.farol.ledger.Ledger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What people may do to the table of assets. */
class AssetBookTest {
  private static final Scope FINANCE = Scope.of("finance");
  private static final String HEADER = "agency,kind,value,criticality,owner,service\n";

  @TempDir Path folder;

  @Test
  void people_of_an_agency_fill_neither_the_table_nor_the_room_of_others() throws Exception {
    Files.writeString(file(), HEADER + rows("finance", 1_000));
    try (var ledger = Ledger.openSqlite(folder.resolve("ledger.db"))) {
      var book = book(ledger);
      String before = Files.readString(file());
      assertThatIllegalArgumentException()
          .isThrownBy(() -> book.add(asset("finance"), "ana", FINANCE))
          .withMessageContaining("1,000");
      assertThat(file()).hasContent(before);
      book.add(asset("health"), "rui", Scope.of("health"));
      book.add(asset("finance"), "centre", Scope.national());
      assertThat(book.get().all()).hasSize(1_002);

      Files.writeString(file(), HEADER + rows("health", 4_998));
      assertThatIllegalArgumentException()
          .isThrownBy(() -> book.add(asset("finance"), "ana", FINANCE))
          .withMessageContaining("5,000 rows");
      assertThat(book(ledger).get().all()).hasSize(4_998);
      assertThat(deeds(ledger).latest(9)).as("of what was refused there is none").hasSize(2);
    }
  }

  @Test
  void nothing_is_written_that_is_no_deed() throws Exception {
    Files.writeString(file(), HEADER + rows("finance", 1));
    var ledger = Ledger.openSqlite(folder.resolve("ledger.db"));
    var book = book(ledger);
    ledger.close();
    String before = Files.readString(file());
    var known = new Asset("finance", Asset.Kind.HOST, "h0", 5, "", "");
    assertThatThrownBy(() -> book.add(asset("finance"), "ana", FINANCE)).isNotNull();
    assertThatThrownBy(() -> book.change(known, "ana", FINANCE)).isNotNull();
    assertThatThrownBy(() -> book.remove(AssetTable.Key.of(known), "ana", FINANCE)).isNotNull();
    assertThat(Files.readString(file())).isEqualTo(before);
  }

  @Test
  void a_file_with_the_mark_of_utf_8_is_edited() throws Exception {
    Files.writeString(file(), "\ufeff" + HEADER + rows("finance", 1));
    try (var ledger = Ledger.openSqlite(folder.resolve("ledger.db"))) {
      var book = book(ledger);
      book.add(asset("finance"), "ana", FINANCE);
      assertThat(book.get().all()).hasSize(2);
      assertThat(book.get().faults()).isEmpty();
    }
  }

  private static String rows(String agency, int count) {
    var rows = new StringBuilder();
    for (int i = 0; i < count; i++) {
      rows.append(agency).append(",host,h").append(i).append(",1,,\n");
    }
    return rows.toString();
  }

  private static Asset asset(String agency) {
    return new Asset(agency, Asset.Kind.HOST, "pay-01", 5, "", "");
  }

  private AssetBook book(Ledger ledger) {
    return new AssetBook(file(), deeds(ledger), InstantSource.system());
  }

  private static Deeds deeds(Ledger ledger) {
    return new Deeds(ledger, InstantSource.system());
  }

  private Path file() {
    return folder.resolve("assets.csv");
  }
}
