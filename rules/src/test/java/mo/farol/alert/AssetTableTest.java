package mo.farol.alert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

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

  private static Asset asset(String value, int criticality, String owner) {
    return new Asset("finance", Asset.Kind.HOST, value, criticality, owner, "");
  }
}
