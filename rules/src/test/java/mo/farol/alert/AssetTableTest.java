package mo.farol.alert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AssetTableTest {
  private static final String TEXT =
      """
      # ours, by hand
      kind;agency;value;room;criticality;owner
      host;finance;pay-01;B2;5;"Ana; Rui"
      # the next stands on two lines
      host;finance;pay-02;"B
      3";4;
      host;finance;wrong;B4;9;
      """;
  private static final Asset PAY_02 = asset("pay-02", 4, "");

  @Test
  void a_row_is_added_in_the_columns_and_with_the_separator_of_the_table() {
    assertThat(AssetTable.of(TEXT).with(asset("pay-03", 2, "a;b")))
        .isEqualTo(TEXT + "host;finance;pay-03;;2;\"a;b\"\n");
    assertThat(AssetTable.of("").with(asset("x", 1, "")))
        .isEqualTo("agency,kind,value,criticality,owner,service\nfinance,host,x,1,,\n");
  }

  @Test
  void what_is_not_touched_stays_as_it_was_written() {
    var table = AssetTable.of(TEXT);
    assertThat(table.find(AssetTable.Key.of(PAY_02))).contains(PAY_02);
    assertThat(table.changed(asset("pay-02", 1, "Bela")))
        .isEqualTo(TEXT.replace("3\";4;", "3\";1;Bela"));
    assertThat(table.without(AssetTable.Key.of(PAY_02)))
        .isEqualTo(TEXT.replace("host;finance;pay-02;\"B\n3\";4;\n", ""));
  }

  @Test
  void what_a_table_has_no_column_for_is_refused_and_so_is_a_table_that_is_none() {
    var serving = new Asset("finance", Asset.Kind.HOST, "x", 1, "", "payments");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> AssetTable.of(TEXT).with(serving))
        .withMessageContaining("no column 'service'");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> AssetTable.of("a,b\n1,2\n"))
        .withMessageContaining("mend it first");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> AssetTable.of("agency,kind,value,criticality\n\"x"))
        .withMessageContaining("a quote without its end");
  }

  @Test
  void what_people_type_is_checked() {
    assertThat(AssetTable.asset(" finance ", "HOST", "pay-02", "4", "", "")).isEqualTo(PAY_02);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> AssetTable.asset("finance", "host", "a\nb", "1", "", ""));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> AssetTable.asset("finance", "door", "a", "1", "", ""))
        .withMessageContaining("host, user or network");
    assertThat(Optional.of(AssetTable.Key.of(PAY_02)).get()).hasToString("finance host pay-02");
  }

  @Test
  void what_could_not_be_read_again_is_refused() {
    var rows = new StringBuilder("agency,kind,value,criticality,owner,service\n");
    for (int i = 0; i < 4_998; i++) {
      rows.append("health,host,h").append(i).append(",1,,\n");
    }
    var full = AssetTable.of(rows.toString());
    assertThatIllegalArgumentException()
        .isThrownBy(() -> full.with(asset("one-more", 1, "")))
        .withMessageContaining("5,000 rows")
        .withMessageContaining("take out");
    var first = new AssetTable.Key("health", Asset.Kind.HOST, "h0");
    var made = AssetTable.of(full.without(first));
    assertThat(AssetTable.of(made.with(asset("one-more", 1, ""))).count("health")).isEqualTo(4_997);

    String comment = "# " + "x".repeat(997) + "\n";
    var large = AssetTable.of(TEXT + comment.repeat((4 * 1024 * 1024 - TEXT.length()) / 1_000));
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> {
              var grown = large;
              for (int i = 0; i < 10; i++) {
                grown = AssetTable.of(grown.with(asset("h" + i, 1, "y".repeat(200))));
              }
            })
        .withMessageContaining("4 MiB");

    var unseen = new Asset("#finance", Asset.Kind.HOST, "x", 1, "", "");
    assertThatIllegalArgumentException().isThrownBy(() -> AssetTable.of("").with(unseen));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> AssetTable.asset("finance", "host", "a\ud800", "1", "", ""));
  }

  @Test
  void what_spreadsheets_take_for_a_formula_is_refused_and_can_be_taken_out() {
    for (String cell : List.of("=1+1", " +1", "-1", "@SUM(A1)", "Ana;=1+1", "Ana, \"@x", "＝1")) {
      assertThatIllegalArgumentException()
          .as(cell)
          .isThrownBy(() -> AssetTable.asset("finance", "host", "x", "1", cell, ""))
          .withMessageContaining("a formula to spreadsheets");
      assertThatIllegalArgumentException()
          .as(cell)
          .isThrownBy(() -> AssetTable.asset("finance", "host", cell, "1", "", ""));
    }
    for (String cell : List.of("\t=1", "\r=1")) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> AssetTable.asset("finance", "host", "x", "1", "", cell));
    }
    assertThat(AssetTable.asset("finance", "host", "a-b", "1", "a@b = c+d", "*").owner())
        .isEqualTo("a@b = c+d");
    assertThat(AssetTable.key("finance", "host", "-x").value()).isEqualTo("-x");
  }

  @Test
  void a_mark_of_utf_8_stays_and_is_in_nobodys_way() {
    var table = AssetTable.of("\ufeffagency,kind,value,criticality\nfinance,host,pay-02,4\n");
    assertThat(table.find(AssetTable.Key.of(PAY_02))).contains(PAY_02);
    assertThat(table.with(asset("x", 1, "")))
        .isEqualTo(
            "\ufeffagency,kind,value,criticality\nfinance,host,pay-02,4\nfinance,host,x,1\n");
    assertThat(AssetTable.of("\ufeff").with(asset("x", 1, "")))
        .isEqualTo("\ufeffagency,kind,value,criticality,owner,service\nfinance,host,x,1,,\n");
  }

  private static Asset asset(String value, int criticality, String owner) {
    return new Asset("finance", Asset.Kind.HOST, value, criticality, owner, "");
  }
}
