package mo.farol.pipe;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import mo.farol.store.Cell;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Cells that no spreadsheet takes for a formula. */
class CsvTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "=1+1|'=1+1",
        "a;=1|a;'=1",
        "a;b;@SUM(1)|a;b;'@SUM(1)",
        "`a;\"=1`|`a;\"\"'=1`",
        "`a\t-1`|`a\t'-1`",
        "`a\n+1`|`a\n'+1`",
        "＝1|'＝1",
        "a;＠x|a;'＠x",
        "a=1, b-2; c|a=1, b-2; c",
        "日誌＋甲|日誌＋甲"
      })
  void no_part_of_a_guarded_cell_begins_as_a_formula(String text, String cell) {
    assertThat(Csv.guarded(text)).isEqualTo('"' + cell + '"');
  }

  @Test
  void a_table_is_guarded_whole_its_header_too_but_for_its_numbers() {
    var columns = List.of(Table.Column.ofField("a;=b"), Table.Column.ofField("n"));
    var rows =
        List.<List<Cell>>of(List.of(new Cell.Text("x;=cmd|' /C calc'!A0;"), new Cell.Whole(-1)));
    var csv = new StringBuilder();

    Csv.write(new Table(columns, rows), csv);

    assertThat(csv).hasToString("\"a;'=b\",\"n\"\r\n\"x;'=cmd|' /C calc'!A0;\",-1\r\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {"=1|'=1", "a;=1|a;=1"})
  void a_cell_for_programs_is_changed_at_its_beginning_only(String text, String cell) {
    assertThat(Csv.cell(text)).isEqualTo('"' + cell + '"');
  }
}
