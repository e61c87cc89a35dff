package mo.farol.match;

import mo.farol.event.Excerpt;
import mo.farol.sigma.Check;

/** One check of one column, with its answer for the event at hand kept. */
final class Atom {
  private static final int SHOWN = 200;

  final int column;
  final Check check;
  private final String title;
  private final Truth truth;
  private long stamp;
  private boolean answer;

  /** The first pair of an event that passes. */
  interface Truth {
    /** A pair, {@link #NONE} where nothing passes, {@link #NO_PAIR} where it passes without. */
    int find(View view);
  }

  static final int NONE = -1;
  static final int NO_PAIR = -2;

  Atom(int column, Check check, String title, Truth truth) {
    this.column = column;
    this.check = check;
    this.title = title;
    this.truth = truth;
  }

  /** The name the rule gives the field. */
  String title() {
    return title;
  }

  /** What asking costs, roughly. */
  double effort() {
    return switch (check) {
      case Check.Text text -> text.glob().length() > 0 && text.glob().part(0) < 0 ? 3 : 1;
      case Check.Regex _ -> 60;
      case Check.Cidr _, Check.Compare _, Check.DatePart _ -> 8;
      case Check.Exists _, Check.Null _ -> 1;
      case Check.Reference _ -> 4;
    };
  }

  boolean test(View view) {
    if (stamp != view.stamp()) {
      answer = truth.find(view) != NONE;
      stamp = view.stamp();
    }
    return answer;
  }

  /** Field and value that passed, cut for people. */
  String evidence(View view) {
    int k = truth.find(view);
    if (k < 0) {
      boolean isThere = check instanceof Check.Exists(boolean present) && present;
      return title + (isThere ? " is there, without a value" : " is absent");
    }
    return view.name(k) + "=" + Excerpt.shown(view.text(k), SHOWN);
  }
}
