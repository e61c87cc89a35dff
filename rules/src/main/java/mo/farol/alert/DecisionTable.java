package mo.farol.alert;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import mo.farol.sigma.RuleRef;

/**
 * A table that treats alerts: each row has conditions and what follows from them; the first row
 * that fits an alert holds. Rows are read by {@link TableReader}.
 *
 * @param file its name
 * @param rows in order
 */
record DecisionTable(String file, List<Row> rows) {
  /** What a row does to an alert. */
  interface Action {
    void on(Treatment treatment, RuleRef row, String because);
  }

  /**
   * One row.
   *
   * @param number as the spreadsheet counts
   * @param fits its conditions, all of which must hold
   * @param because what its author says, or its conditions
   */
  record Row(
      RuleRef rule, int number, Predicate<Draft> fits, List<Action> actions, String because) {
    Row {
      actions = List.copyOf(actions);
    }
  }

  DecisionTable {
    rows = List.copyOf(rows);
  }

  /** Does what the first row says that fits. */
  void treat(Draft draft, Treatment treatment) {
    for (var row : rows) {
      if (row.fits().test(draft)) {
        row.actions().forEach(action -> action.on(treatment, row.rule(), row.because()));
        return;
      }
    }
  }

  /** Names of the rows, for those who list what is in force. */
  List<RuleRef> refs() {
    return new ArrayList<>(rows.stream().map(Row::rule).toList());
  }
}
